/**
 * A process that waits warm for the next run in its folder (`katydid standby`), and the small program that hands a run over
 * to it instead of starting another process. Everything that a run needs goes over one local socket: the words of the
 * command line, the environment, standard input and output as open files, then signals one way and the exit code the other.
 * Linux only. See docs/design/start-up.md.
 */
package io.katydid.standby;
