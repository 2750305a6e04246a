/**
 * The program: turns a command line into a run, waits, writes the results, chooses the exit code. The only package that
 * knows all others; it finds the script host and the web UI through {@link java.util.ServiceLoader}.
 */
package io.katydid.app;
