package io.katydid.e2e;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Two hosts of a test's own, network namespaces joined by a cable that can be pulled out. Nothing outside of them is
 * touched; closing removes them. Where that is not permitted the test is skipped.
 */
final class NetworkNamespaces implements AutoCloseable {
  static final String FIRST_ADDRESS = "10.77.0.1";
  private static final String SECOND_ADDRESS = "10.77.0.2";

  private final String first = "katydid-a-" + ProcessHandle.current().pid();
  private final String second = "katydid-b-" + ProcessHandle.current().pid();

  NetworkNamespaces() {
    assumeTrue(Peers.onPath("ip").isPresent(), "no ip command: network namespaces cannot be made");
    if (!ip("netns", "add", first)) {
      abort("this user may not make network namespaces");
    }
    boolean made = ip("netns", "add", second)
        && ip("-n", first, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", second)
        && ip("-n", first, "address", "add", FIRST_ADDRESS + "/30", "dev", "cable")
        && ip("-n", second, "address", "add", SECOND_ADDRESS + "/30", "dev", "cable")
        && ip("-n", first, "link", "set", "lo", "up")
        && ip("-n", first, "link", "set", "cable", "up")
        && plugIn();
    if (!made) {
      close();
      abort("network namespaces cannot be joined here");
    }
  }

  /** A command line that runs on the first host. */
  List<String> onFirst(List<String> command) {
    return on(first, command);
  }

  /** A command line that runs on the second host. */
  List<String> onSecond(List<String> command) {
    return on(second, command);
  }

  private static List<String> on(String namespace, List<String> command) {
    List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    words.addAll(command);
    return words;
  }

  boolean pullOut() {
    return ip("-n", second, "link", "set", "cable", "down");
  }

  boolean plugIn() {
    return ip("-n", second, "link", "set", "cable", "up");
  }

  private static boolean ip(String... words) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    ip("netns", "delete", first);
    ip("netns", "delete", second);
  }
}
