/**
 * The life of a test in one process: states, ramp, shapes, users. A {@link io.katydid.runner.Runner} is what the command
 * line, the web UI and the script steer; {@link io.katydid.runner.LocalRunner} runs the users itself. All state of a
 * runner belongs to its {@link io.katydid.runner.RunThread}.
 */
package io.katydid.runner;
