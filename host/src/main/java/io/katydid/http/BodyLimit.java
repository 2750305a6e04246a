package io.katydid.http;

/**
 * How large bodies may be. Plain data.
 *
 * @param maxBytes one body
 * @param memory what all bodies that are being read may take together
 */
record BodyLimit(int maxBytes, BodyMemory memory) {}
