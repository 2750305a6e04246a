package io.katydid.graalpy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.PriorityQueue;
import org.graalvm.polyglot.Value;

/**
 * Compresses bytes as bzip2 does, for Python's {@code bz2}: GraalPy's own needs a library that is not there. Owned by one
 * Python object; one thread at a time.
 */
public final class Bzip2Encoder {
  private static final int GROUP = 50;
  private static final int MOST_BITS = 17;

  private final int blockSize;
  private final byte[] block;
  private final Bits out = new Bits();
  private int length;
  private int blockCrc = -1;
  private int streamCrc;
  private int last = -1;
  private int run;

  Bzip2Encoder(int level) {
    this.blockSize = level * 100_000 - 24;
    this.block = new byte[level * 100_000];
    out.write(8, 'B');
    out.write(8, 'Z');
    out.write(8, 'h');
    out.write(8, '0' + level);
  }

  /** As {@link #add(byte[])}, between Python's bytes and Latin-1 text. */
  public String add(Value bytes) {
    return new String(add(BridgeSession.bytesOf(bytes)), StandardCharsets.ISO_8859_1);
  }

  /** The rest of the stream, as Latin-1 text. */
  public String finish() {
    return new String(end(), StandardCharsets.ISO_8859_1);
  }

  /** Takes bytes in; returns what is ready. */
  byte[] add(byte[] bytes) {
    for (byte one : bytes) {
      int value = one & 0xff;
      if (value != last || run == 255) {
        endRun();
        if (length >= blockSize) {
          writeBlock();
        }
        last = value;
      }
      run++;
      blockCrc = (blockCrc << 8) ^ Bzip2Crc.TABLE[(blockCrc >>> 24) ^ value];
    }
    return out.take();
  }

  /** The rest of the stream. */
  byte[] end() {
    endRun();
    last = -1;
    if (length > 0) {
      writeBlock();
    }
    out.write(24, 0x177245);
    out.write(24, 0x385090);
    out.write(16, streamCrc >>> 16);
    out.write(16, streamCrc & 0xffff);
    out.pad();
    return out.take();
  }

  /** Four equal bytes are followed by how many more there are. */
  private void endRun() {
    for (int i = 0; i < Math.min(run, 4); i++) {
      block[length++] = (byte) last;
    }
    if (run >= 4) {
      block[length++] = (byte) (run - 4);
    }
    run = 0;
  }

  private void writeBlock() {
    int crc = ~blockCrc;
    streamCrc = ((streamCrc << 1) | (streamCrc >>> 31)) ^ crc;
    int[] order = sortedRotations();
    int origin = 0;
    byte[] lastColumn = new byte[length];
    for (int i = 0; i < length; i++) {
      origin = order[i] == 0 ? i : origin;
      lastColumn[i] = block[order[i] == 0 ? length - 1 : order[i] - 1];
    }
    out.write(24, 0x314159);
    out.write(24, 0x265359);
    out.write(16, crc >>> 16);
    out.write(16, crc & 0xffff);
    out.write(1, 0);
    out.write(24, origin);
    boolean[] used = new boolean[256];
    for (int i = 0; i < length; i++) {
      used[lastColumn[i] & 0xff] = true;
    }
    writeUsed(used);
    writeSymbols(lastColumn, used);
    length = 0;
    blockCrc = -1;
  }

  /** Where the block's rotations begin, in their order: by doubling the length that is compared. */
  private int[] sortedRotations() {
    int n = length;
    int[] order = new int[n];
    int[] rank = new int[n];
    int[] count = new int[Math.max(256, n) + 1];
    for (int i = 0; i < n; i++) {
      rank[i] = block[i] & 0xff;
      count[rank[i] + 1]++;
    }
    for (int i = 1; i < count.length; i++) {
      count[i] += count[i - 1];
    }
    for (int i = 0; i < n; i++) {
      order[count[rank[i]]++] = i;
    }
    int[] moved = new int[n];
    int[] next = new int[n];
    for (int width = 0; width < n; width = width == 0 ? 1 : width * 2) {
      if (width > 0) {
        for (int i = 0; i < n; i++) {
          moved[i] = order[i] - width < 0 ? order[i] - width + n : order[i] - width;
        }
        Arrays.fill(count, 0);
        for (int i = 0; i < n; i++) {
          count[rank[i] + 1]++;
        }
        for (int i = 1; i < count.length; i++) {
          count[i] += count[i - 1];
        }
        for (int i = 0; i < n; i++) {
          order[count[rank[moved[i]]]++] = moved[i];
        }
      }
      int ranks = 0;
      next[order[0]] = 0;
      for (int i = 1; i < n; i++) {
        int one = order[i - 1];
        int two = order[i];
        boolean same = rank[one] == rank[two]
            && (width == 0 || rank[(one + width) % n] == rank[(two + width) % n]);
        ranks += same ? 0 : 1;
        next[two] = ranks;
      }
      int[] swap = rank;
      rank = next;
      next = swap;
      if (ranks == n - 1) {
        break;
      }
    }
    return order;
  }

  private void writeUsed(boolean[] used) {
    int rows = 0;
    for (int i = 0; i < 256; i++) {
      rows |= used[i] ? 0x8000 >>> (i >> 4) : 0;
    }
    out.write(16, rows);
    for (int row = 0; row < 16; row++) {
      if ((rows & (0x8000 >>> row)) != 0) {
        int bits = 0;
        for (int i = 0; i < 16; i++) {
          bits |= used[row * 16 + i] ? 0x8000 >>> i : 0;
        }
        out.write(16, bits);
      }
    }
  }

  /** Move to front, runs of zeros as digits of 1 and 2, then a prefix code. */
  private void writeSymbols(byte[] column, boolean[] used) {
    byte[] front = new byte[256];
    int kinds = 0;
    for (int i = 0; i < 256; i++) {
      if (used[i]) {
        front[kinds++] = (byte) i;
      }
    }
    int end = kinds + 1;
    int[] symbols = new int[length + 1];
    int many = 0;
    int zeros = 0;
    for (byte one : column) {
      int place = 0;
      while (front[place] != one) {
        place++;
      }
      if (place == 0) {
        zeros++;
        continue;
      }
      many = zeros(symbols, many, zeros);
      zeros = 0;
      System.arraycopy(front, 0, front, 1, place);
      front[0] = one;
      symbols[many++] = place + 1;
    }
    many = zeros(symbols, many, zeros);
    symbols[many++] = end;
    int[] frequency = new int[end + 1];
    for (int i = 0; i < many; i++) {
      frequency[symbols[i]]++;
    }
    int[] lengths = lengths(frequency);
    int groups = (many + GROUP - 1) / GROUP;
    // The format wants at least two codes; the second is never chosen.
    out.write(3, 2);
    out.write(15, groups);
    for (int i = 0; i < groups; i++) {
      out.write(1, 0);
    }
    writeLengths(lengths);
    writeLengths(lengths);
    int[] codes = codes(lengths);
    for (int i = 0; i < many; i++) {
      out.write(lengths[symbols[i]], codes[symbols[i]]);
    }
  }

  private static int zeros(int[] symbols, int many, int zeros) {
    int at = many;
    for (int left = zeros; left > 0; left = (left - 1) >> 1) {
      symbols[at++] = (left & 1) == 1 ? 0 : 1;
    }
    return at;
  }

  /** Lengths of a prefix code; if one gets too long the frequencies are made more alike. */
  private static int[] lengths(int[] frequency) {
    int n = frequency.length;
    long[] weight = new long[2 * n];
    for (int i = 0; i < n; i++) {
      weight[i] = Math.max(1, frequency[i]);
    }
    while (true) {
      int[] parent = new int[2 * n];
      PriorityQueue<Integer> open =
          new PriorityQueue<>((a, b) -> weight[a] != weight[b] ? Long.compare(weight[a], weight[b]) : a - b);
      for (int i = 0; i < n; i++) {
        open.add(i);
      }
      int node = n;
      while (open.size() > 1) {
        int one = open.poll();
        int two = open.poll();
        weight[node] = weight[one] + weight[two];
        parent[one] = node;
        parent[two] = node;
        open.add(node++);
      }
      int[] lengths = new int[n];
      int longest = 0;
      for (int i = 0; i < n; i++) {
        for (int at = i; at != node - 1; at = parent[at]) {
          lengths[i]++;
        }
        longest = Math.max(longest, lengths[i]);
      }
      if (longest <= MOST_BITS) {
        return lengths;
      }
      for (int i = 0; i < n; i++) {
        weight[i] = weight[i] / 2 + 1;
      }
    }
  }

  private static int[] codes(int[] lengths) {
    int[] codes = new int[lengths.length];
    int code = 0;
    for (int bits = 1; bits <= MOST_BITS; bits++) {
      for (int i = 0; i < lengths.length; i++) {
        if (lengths[i] == bits) {
          codes[i] = code++;
        }
      }
      code <<= 1;
    }
    return codes;
  }

  private void writeLengths(int[] lengths) {
    int now = lengths[0];
    out.write(5, now);
    for (int wanted : lengths) {
      for (; now < wanted; now++) {
        out.write(2, 2);
      }
      for (; now > wanted; now--) {
        out.write(2, 3);
      }
      out.write(1, 0);
    }
  }

  /** Bits, the highest first. */
  private static final class Bits {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long pending;
    private int count;

    void write(int bits, int value) {
      pending = (pending << bits) | value;
      count += bits;
      while (count >= 8) {
        count -= 8;
        bytes.write((int) (pending >>> count));
      }
    }

    void pad() {
      if (count > 0) {
        write(8 - count, 0);
      }
    }

    byte[] take() {
      byte[] taken = bytes.toByteArray();
      bytes.reset();
      return taken;
    }
  }
}
