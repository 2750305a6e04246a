/**
 * ZMTP 3 with the NULL mechanism, as bytes (rfc.zeromq.org/spec/23 and 37): greetings, frames, commands, and the
 * accepting side of a connection as a state machine. Pure: no sockets, no threads, no clock.
 */
package io.katydid.cluster.zmtp;
