package io.katydid.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Captured frames with some of their bytes changed, cut off or added: the same ones for the same seed. */
public final class MutatedFrames {
  private MutatedFrames() {}

  public static List<byte[]> of(Predicate<CapturedFrame> chosen, int number, long seed) {
    Random random = new Random(seed);
    List<CapturedFrame> frames = CapturedFrame.all().stream().filter(chosen).toList();
    List<byte[]> mutated = new ArrayList<>();
    while (mutated.size() < number) {
      mutated.add(mutate(frames.get(random.nextInt(frames.size())).bytes().clone(), random));
    }
    return mutated;
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original;
    int changes = 1 + random.nextInt(4);
    for (int c = 0; c < changes && bytes.length > 0; c++) {
      switch (random.nextInt(4)) {
        case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
        default -> bytes[random.nextInt(Math.min(bytes.length, 40))] = (byte) (0xc0 + random.nextInt(0x20));
      }
    }
    return bytes;
  }
}
