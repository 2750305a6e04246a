package io.katydid.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The two load generators that a node of a cluster can be. */
enum Generator {
  LOCUST {
    @Override
    String command() {
      return Peers.locust().toString();
    }
  },
  KATYDID {
    @Override
    String command() {
      return Peers.projectFolder().resolve("katydid").toString();
    }
  };

  /** The program; skips the test, with the reason, where it is missing. */
  abstract String command();

  Program start(Path folder, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(command()));
    words.addAll(arguments);
    return Program.start(folder, Map.of("KATYDID_NO_BUILD", "1", "PYTHONUNBUFFERED", "1"), words);
  }
}
