package io.katydid.runner;

import io.katydid.log.Logging;
import io.katydid.script.Script;
import io.katydid.stats.ExceptionTable;
import io.katydid.stats.RequestStats;

/**
 * What a runner of any kind works with: one node of a test.
 *
 * @param clientId this node's id on the wire, `<host>_<32 hex digits>`
 * @param clock the time of this node's runs
 */
public record Node(
    Script script,
    RequestStats stats,
    ExceptionTable exceptions,
    Logging logging,
    String clientId,
    RunClock clock) {}
