/**
 * GraalPy behind the {@code io.katydid.script} port: one engine per process, one context per worker, the gate in front
 * of each context's interpreter lock, and the {@code _katydid} module that our Python packages are written against.
 */
package io.katydid.graalpy;
