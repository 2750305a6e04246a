/**
 * The port between the runner and whatever runs the users' code.
 *
 * <p>The runner never sees Python: it loads a {@link io.katydid.script.Script} through a {@link
 * io.katydid.script.ScriptHost}, learns which user classes there are, starts and stops users, fires events and asks
 * load shapes for their next step. The GraalPy implementation lives in {@code polyglot-bridge}; tests use a few lines
 * of Java.
 */
package io.katydid.script;
