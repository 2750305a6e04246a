/**
 * Statistics of requests: buckets, percentiles, rates, errors, exceptions, merging of workers' reports.
 *
 * <p>Pure: no clock, no thread, no socket. "now" is always a parameter, in seconds since 1970 as a double, as in
 * Locust's messages. Response times are milliseconds, content lengths bytes, rates per second.
 *
 * <p>Two measures live beside each other. Locust's buckets (about two significant digits) give the numbers every Locust
 * table shows, equal to the digit. A finer histogram in microseconds gives the precise percentiles; it travels in an
 * extra field of the report, which real Locust masters ignore. See docs/design/statistics.md.
 *
 * <p>Entry points: {@link io.katydid.stats.RequestStats} and {@link io.katydid.stats.ExceptionTable}. Everything that
 * computes works on immutable copies ({@link io.katydid.stats.EntrySnapshot}), never under the recording lock.
 */
package io.katydid.stats;
