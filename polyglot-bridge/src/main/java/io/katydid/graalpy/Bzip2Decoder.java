package io.katydid.graalpy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.graalvm.polyglot.Value;

/**
 * Decompresses one bzip2 stream that comes in pieces, for Python's {@code bz2}. A block is decoded once it is all there: when
 * the mark of what follows has been seen. Owned by one Python object; one thread at a time.
 */
public final class Bzip2Decoder {
  private static final long BLOCK = 0x314159265359L;
  private static final long END = 0x177245385090L;
  private static final long MARK_BITS = 0xffffffffffffL;
  private static final int GROUP = 50;
  private static final int MOST_BITS = 20;

  private byte[] data = new byte[0];
  private int blockSize;
  /** The next bit to be read. */
  private long position;
  /** The bit after the last one that was looked at for a mark, and the 48 bits before it. */
  private long scanned;
  private long seen;
  private int streamCrc;
  private boolean ended;

  /** As {@link #add(byte[])}, between Python's bytes and Latin-1 text; null if the stream has errors. */
  public String add(Value bytes) {
    try {
      return new String(add(BridgeSession.bytesOf(bytes)), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Takes bytes in; returns what could be decoded.
   *
   * @throws IllegalArgumentException if this is no bzip2 stream, or one with errors
   */
  byte[] add(byte[] bytes) {
    append(bytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (blockSize == 0) {
      if (data.length < 4) {
        return new byte[0];
      }
      if (data[0] != 'B' || data[1] != 'Z' || data[2] != 'h' || data[3] < '1' || data[3] > '9') {
        throw new IllegalArgumentException("Invalid data stream");
      }
      blockSize = (data[3] - '0') * 100_000;
      position = 32;
      scanned = 32;
    }
    while (!ended && position + 48 <= bits()) {
      long mark = peek(48);
      if (mark == END) {
        if (position + 80 > bits()) {
          break;
        }
        position += 48;
        if (read(32) != (streamCrc & 0xffffffffL)) {
          throw new IllegalArgumentException("Invalid data stream");
        }
        ended = true;
      } else if (mark != BLOCK) {
        throw new IllegalArgumentException("Invalid data stream");
      } else if (!decodeIfWhole(out)) {
        break;
      }
    }
    return out.toByteArray();
  }

  /** The end of the stream has been read. */
  public boolean ended() {
    return ended;
  }

  /** What came after the end of the stream, as Latin-1 text. */
  public String rest() {
    int from = (int) ((position + 7) / 8);
    return ended ? new String(data, from, data.length - from, StandardCharsets.ISO_8859_1) : "";
  }

  private void append(byte[] bytes) {
    int drop = (int) (position / 8);
    byte[] joined = new byte[data.length - drop + bytes.length];
    System.arraycopy(data, drop, joined, 0, data.length - drop);
    System.arraycopy(bytes, 0, joined, data.length - drop, bytes.length);
    data = joined;
    position -= drop * 8L;
    scanned = Math.max(0, scanned - drop * 8L);
  }

  private long bits() {
    return data.length * 8L;
  }

  private boolean decodeIfWhole(ByteArrayOutputStream out) {
    if (scanned < position + 48) {
      scanned = position + 48;
      seen = 0;
    }
    long start = position;
    while (scanned < bits()) {
      seen = (seen << 1 | bit(scanned++)) & MARK_BITS;
      if ((seen == BLOCK || seen == END) && scanned - 48 >= start + 48) {
        try {
          decode(out);
          return true;
        } catch (ArrayIndexOutOfBoundsException e) {
          // The mark was a part of the block: it goes on.
          position = start;
        }
      }
    }
    return false;
  }

  private int bit(long at) {
    return data[(int) (at >> 3)] >> (7 - (int) (at & 7)) & 1;
  }

  private long peek(int count) {
    long value = 0;
    for (long at = position; at < position + count; at++) {
      value = value << 1 | bit(at);
    }
    return value;
  }

  private long read(int count) {
    long value = peek(count);
    position += count;
    return value;
  }

  private void decode(ByteArrayOutputStream out) {
    position += 48;
    int crc = (int) read(32);
    boolean randomised = read(1) == 1;
    int origin = (int) read(24);
    if (randomised) {
      throw new IllegalArgumentException("Invalid data stream");
    }
    byte[] front = new byte[256];
    int kinds = used(front);
    int many = kinds + 2;
    int codes = (int) read(3);
    int selectors = (int) read(15);
    if (codes < 2 || codes > 6 || selectors == 0) {
      throw new IllegalArgumentException("Invalid data stream");
    }
    byte[] chosen = selectors(codes, selectors);
    int[][] tables = new int[codes][];
    for (int i = 0; i < codes; i++) {
      tables[i] = table(many);
    }
    int[] chain = new int[blockSize];
    int length = symbols(front, kinds, chosen, tables, chain);
    if (origin >= length) {
      throw new IllegalArgumentException("Invalid data stream");
    }
    write(out, chain, length, origin, crc);
  }

  private int used(byte[] front) {
    int rows = (int) read(16);
    int kinds = 0;
    for (int row = 0; row < 16; row++) {
      if ((rows & (0x8000 >>> row)) != 0) {
        int row16 = (int) read(16);
        for (int i = 0; i < 16; i++) {
          if ((row16 & (0x8000 >>> i)) != 0) {
            front[kinds++] = (byte) (row * 16 + i);
          }
        }
      }
    }
    if (kinds == 0) {
      throw new IllegalArgumentException("Invalid data stream");
    }
    return kinds;
  }

  private byte[] selectors(int codes, int selectors) {
    byte[] front = {0, 1, 2, 3, 4, 5};
    byte[] chosen = new byte[selectors];
    for (int i = 0; i < selectors; i++) {
      int place = 0;
      while (read(1) == 1) {
        if (++place >= codes) {
          throw new IllegalArgumentException("Invalid data stream");
        }
      }
      byte one = front[place];
      System.arraycopy(front, 0, front, 1, place);
      front[0] = one;
      chosen[i] = one;
    }
    return chosen;
  }

  /** A code as one array: 21 counts of codes by length, then the symbols in the order of their codes. */
  private int[] table(int many) {
    int[] lengths = new int[many];
    int now = (int) read(5);
    for (int i = 0; i < many; i++) {
      while (read(1) == 1) {
        now += read(1) == 1 ? -1 : 1;
      }
      if (now < 1 || now > MOST_BITS) {
        throw new IllegalArgumentException("Invalid data stream");
      }
      lengths[i] = now;
    }
    int[] table = new int[MOST_BITS + 1 + many];
    int at = MOST_BITS + 1;
    for (int bits = 1; bits <= MOST_BITS; bits++) {
      for (int i = 0; i < many; i++) {
        if (lengths[i] == bits) {
          table[bits]++;
          table[at++] = i;
        }
      }
    }
    return table;
  }

  private int symbol(int[] table) {
    int code = 0;
    int first = 0;
    int at = MOST_BITS + 1;
    for (int bits = 1; bits <= MOST_BITS; bits++) {
      code |= bit(position++);
      int count = table[bits];
      if (code - first < count) {
        return table[at + code - first];
      }
      at += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new IllegalArgumentException("Invalid data stream");
  }

  /** Fills the chain's low bytes with the last column; returns its length. */
  private int symbols(byte[] front, int kinds, byte[] chosen, int[][] tables, int[] chain) {
    int end = kinds + 1;
    int length = 0;
    int run = 0;
    int weight = 1;
    for (int group = 0; ; group++) {
      if (group >= chosen.length) {
        throw new IllegalArgumentException("Invalid data stream");
      }
      int[] table = tables[chosen[group]];
      for (int i = 0; i < GROUP; i++) {
        int symbol = symbol(table);
        if (symbol <= 1) {
          run += weight << symbol;
          weight <<= 1;
          if (run > blockSize) {
            throw new IllegalArgumentException("Invalid data stream");
          }
          continue;
        }
        if (length + run > blockSize || symbol != end && length + run == blockSize) {
          throw new IllegalArgumentException("Invalid data stream");
        }
        Arrays.fill(chain, length, length + run, front[0] & 0xff);
        length += run;
        run = 0;
        weight = 1;
        if (symbol == end) {
          return length;
        }
        byte one = front[symbol - 1];
        System.arraycopy(front, 0, front, 1, symbol - 1);
        front[0] = one;
        chain[length++] = one & 0xff;
      }
    }
  }

  private void write(ByteArrayOutputStream out, int[] chain, int length, int origin, int wanted) {
    int[] place = new int[257];
    for (int i = 0; i < length; i++) {
      place[(chain[i] & 0xff) + 1]++;
    }
    for (int i = 1; i < 257; i++) {
      place[i] += place[i - 1];
    }
    for (int i = 0; i < length; i++) {
      chain[place[chain[i] & 0xff]++] |= i << 8;
    }
    int crc = -1;
    int last = -1;
    int run = 0;
    int at = chain[origin] >>> 8;
    for (int i = 0; i < length; i++) {
      int value = chain[at] & 0xff;
      at = chain[at] >>> 8;
      int times = 1;
      if (run == 4) {
        times = value;
        value = last;
        run = 0;
        last = -1;
      } else {
        run = value == last ? run + 1 : 1;
        last = value;
      }
      for (int n = 0; n < times; n++) {
        out.write(value);
        crc = (crc << 8) ^ Bzip2Crc.TABLE[(crc >>> 24) ^ value];
      }
    }
    if (~crc != wanted) {
      throw new IllegalArgumentException("Invalid data stream");
    }
    streamCrc = ((streamCrc << 1) | (streamCrc >>> 31)) ^ wanted;
  }
}
