package io.katydid.runner;

import io.katydid.log.Logging;
import io.katydid.script.Script;
import io.katydid.stats.ExceptionTable;
import io.katydid.stats.RequestStats;
import java.util.function.DoubleSupplier;

/**
 * What a runner of any kind works with: one node of a test.
 *
 * @param clientId this node's id on the wire, `<host>_<32 hex digits>`
 * @param now seconds since 1970
 */
public record Node(
    Script script,
    RequestStats stats,
    ExceptionTable exceptions,
    Logging logging,
    String clientId,
    DoubleSupplier now) {}
