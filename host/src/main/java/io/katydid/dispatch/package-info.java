/**
 * Who runs how many users of which class: the ramp, the order of classes, the spreading over workers, the
 * redistribution when a worker joins or leaves.
 *
 * <p>Pure: no clock, no thread, no socket. The master asks a {@link io.katydid.dispatch.UsersDispatcher} for one step
 * after the other and sends it; a local run is the same dispatcher with one worker. Nothing here is thread safe: the
 * `runner` thread owns the dispatcher.
 *
 * <p>Words. A <em>cycle</em> brings the number of users from what it is to a target. A cycle consists of
 * <em>steps</em> with a wait between them. Each step is the complete <em>placement</em> wanted from then on.
 */
package io.katydid.dispatch;
