package io.katydid.cli;

import java.util.List;

/**
 * What must be known before the locustfile is loaded (spec cli.md section 1, first pass).
 *
 * @param help {@code --help} was given
 * @param version {@code --version} was given
 * @param locustfiles the comma separated parts of {@code --locustfile}
 * @param worker this process works for a master
 * @param masterHost where that master listens
 * @param masterPort where that master listens
 * @param userThreads the kind of thread users run on, or null for the program's choice
 */
public record EarlyOptions(
    boolean help, boolean version, List<String> locustfiles, boolean worker, String masterHost, int masterPort,
    String userThreads) {
}
