package io.katydid.graalpy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How the contexts of this process share compiled Python modules. A library of C can be loaded once: where the program {@code
 * patchelf} is there each context gets copies of its own, otherwise only the first one that loads any can have them. It has
 * to be the same for all contexts. Owned by the script host; any thread.
 */
final class NativeModules {
  private static final String MOST_CONTEXTS = "python.MaximumNumberOfCextCopies";

  private final boolean isolated;
  private final AtomicBoolean told = new AtomicBoolean();

  /** @param environment its PATH is searched */
  NativeModules(Map<String, String> environment) {
    this.isolated = isThere(environment.getOrDefault("PATH", ""));
    // Never given back: each time a locustfile is loaded again takes one.
    if (System.getProperty(MOST_CONTEXTS) == null) {
      System.setProperty(MOST_CONTEXTS, "65535");
    }
  }

  private static boolean isThere(String path) {
    for (String folder : path.split(File.pathSeparator)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "patchelf"))) {
        return true;
      }
    }
    return false;
  }

  /** Whether each context loads copies of its own. */
  boolean isolated() {
    return isolated;
  }

  /** True for the first caller: one line is enough for all interpreters of the process. */
  boolean firstToTell() {
    return told.compareAndSet(false, true);
  }
}
