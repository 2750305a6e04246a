package io.katydid.graalpy;

import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.digests.SHAKEDigest;

/** Digests whose length, key or salt the caller chooses, for Python's {@code hashlib}. Pure. */
final class ChosenDigests {
  private ChosenDigests() {}

  /**
   * @param name blake2b, blake2s, shake_128 or shake_256; only the first two have a key, a salt and a person
   * @param key may be empty, as salt and person
   */
  static byte[] digest(String name, byte[] data, int length, byte[] key, byte[] salt, byte[] person) {
    byte[] digest = new byte[length];
    if (name.startsWith("shake_")) {
      SHAKEDigest shake = new SHAKEDigest(name.equals("shake_128") ? 128 : 256);
      shake.update(data, 0, data.length);
      shake.doFinal(digest, 0, length);
      return digest;
    }
    Digest blake = name.equals("blake2b")
        ? new Blake2bDigest(given(key), length, given(salt), given(person))
        : new Blake2sDigest(given(key), length, given(salt), given(person));
    blake.update(data, 0, data.length);
    blake.doFinal(digest, 0);
    return digest;
  }

  private static byte[] given(byte[] bytes) {
    return bytes.length == 0 ? null : bytes;
  }
}
