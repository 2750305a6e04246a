/**
 * The command line: the table of options, environment variables, config files and their precedence, old spellings,
 * help. Nothing here keeps state, starts threads or prints: callers hand in words, environment and folders and get
 * values, lines to print or a {@link io.katydid.cli.UsageException}. Specification: cli.md.
 */
package io.katydid.cli;
