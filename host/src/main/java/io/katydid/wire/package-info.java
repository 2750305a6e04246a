/**
 * Locust's messages as bytes: three-element msgpack arrays of type, data and node id.
 *
 * <p>Pure: no socket, no thread. Everything a peer sends is treated as hostile. Decoding yields plain data only (maps,
 * lists, strings, numbers, booleans, null, byte arrays), is bounded in size, depth and number of values, and fails with
 * a {@link io.katydid.wire.WireException} and nothing else.
 */
package io.katydid.wire;
