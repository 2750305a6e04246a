package io.katydid.graalpy;

/** The checksum of bzip2: CRC-32, the highest bit first. */
final class Bzip2Crc {
  static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int crc = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
      }
      TABLE[i] = crc;
    }
  }

  private Bzip2Crc() {}
}
