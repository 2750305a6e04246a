package io.katydid.http;

import java.util.Arrays;

/**
 * Heads of replies as bytes, with what they say, of all connections of a context: those that differ, the newest first, and only
 * few. Most servers send each of their replies with the same head until the second of its Date is over, so thousands of users need
 * not understand it, nor keep it, one by one. Any thread; what {@link #recent} returns does not change.
 */
final class KeptHeads {
  /** Longer heads are not kept. */
  static final int MOST_BYTES = 1024;

  private static final int MOST = 16;

  private volatile Recent recent = new Recent(new byte[0][], new RawReply[0]);
  private volatile RawReply like = new RawReply(200, "OK", 11, new String[0]);

  /** Heads and what they say, in the same order. For reading. */
  record Recent(byte[][] heads, RawReply[] replies) {}

  Recent recent() {
    return recent;
  }

  /** A reply whose strings another may share, line by line. */
  RawReply like() {
    return like;
  }

  /** The next reply will rather be like this one. */
  void like(RawReply reply) {
    like = reply;
  }

  /** Another head, unless it has been kept meanwhile. */
  synchronized void keep(byte[] head, RawReply reply) {
    Recent old = recent;
    for (byte[] known : old.heads) {
      if (Arrays.equals(known, head)) {
        return;
      }
    }
    int kept = Math.min(old.heads.length, MOST - 1);
    byte[][] heads = new byte[kept + 1][];
    RawReply[] replies = new RawReply[kept + 1];
    heads[0] = head;
    replies[0] = reply;
    System.arraycopy(old.heads, 0, heads, 1, kept);
    System.arraycopy(old.replies, 0, replies, 1, kept);
    recent = new Recent(heads, replies);
  }
}
