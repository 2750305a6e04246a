package io.katydid.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Who may log in with the built-in form: lines `user:password`, from a file or an environment variable. A password may
 * be given as `pbkdf2_sha256$iterations$salt$base64` instead of in clear. Empty lines and lines that begin with `#` are
 * skipped. Immutable; read once at start.
 */
final class Passwords {
  private static final String HASHED = "pbkdf2_sha256$";
  private static final int MAX_ITERATIONS = 5_000_000;

  private final Map<String, String> byUser;

  private Passwords(Map<String, String> byUser) {
    this.byUser = byUser;
  }

  /**
   * Reads the lines of a file and of a text; either may be null.
   *
   * @throws IOException with a sentence for the user
   */
  static Passwords read(Path file, String text) throws IOException {
    Map<String, String> byUser = new HashMap<>();
    if (file != null) {
      String content;
      try {
        content = Files.readString(file);
      } catch (IOException e) {
        throw new IOException("The password file " + file + " cannot be read: give a readable file.", e);
      }
      addLines(content, "the password file " + file, byUser);
    }
    if (text != null) {
      addLines(text, "the password variable", byUser);
    }
    return new Passwords(Map.copyOf(byUser));
  }

  private static void addLines(String text, String where, Map<String, String> byUser) throws IOException {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String trimmed = line.strip();
      if (trimmed.isEmpty() || trimmed.startsWith("#")) {
        continue;
      }
      int colon = trimmed.indexOf(':');
      if (colon < 1 || colon == trimmed.length() - 1) {
        throw new IOException("Line " + number + " of " + where + " is not of the form user:password.");
      }
      byUser.put(trimmed.substring(0, colon), trimmed.substring(colon + 1));
    }
  }

  boolean isEmpty() {
    return byUser.isEmpty();
  }

  boolean accepts(String user, String password) {
    String expected = byUser.get(user);
    String compared = expected == null ? "no such user" : expected;
    boolean same = compared.startsWith(HASHED)
        ? hashMatches(compared, password)
        : MessageDigest.isEqual(digest(compared), digest(password));
    return same && expected != null;
  }

  private static boolean hashMatches(String stored, String password) {
    String[] parts = stored.split("\\$", 4);
    try {
      int iterations = Integer.parseInt(parts[1]);
      if (parts.length != 4 || iterations < 1 || iterations > MAX_ITERATIONS) {
        return false;
      }
      byte[] expected = Base64.getDecoder().decode(parts[3]);
      PBEKeySpec spec = new PBEKeySpec(
          password.toCharArray(), parts[2].getBytes(StandardCharsets.UTF_8), iterations, expected.length * 8);
      byte[] actual = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      return MessageDigest.isEqual(expected, actual);
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
