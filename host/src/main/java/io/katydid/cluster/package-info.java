/**
 * Master and workers: sockets, the registry of workers, and the two protocol state machines of Locust's clusters.
 *
 * <p>{@link io.katydid.cluster.MasterSocket} and {@link io.katydid.cluster.WorkerSocket} carry bytes in ZeroMQ's
 * protocol ({@link io.katydid.cluster.zmtp}); each has a thread that owns its connections. {@link
 * io.katydid.cluster.MasterProtocol} and {@link io.katydid.cluster.WorkerProtocol} decide; all their state belongs to
 * one {@link io.katydid.cluster.Timeline}, which is the run thread in a program and a clock moved by hand in a test.
 * They know nothing of Python: what a run does is asked for through small interfaces of this package.
 */
package io.katydid.cluster;
