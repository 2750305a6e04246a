package io.katydid.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of the socket in one process; input and output stay where they are. */
@EnabledOnOs(OS.LINUX)
class StandbyTest {
  private static final int SECONDS = 30;
  private static final Surroundings HERE = Surroundings.own(Map.of("TZ", "UTC"));

  @TempDir Path folder;
  private Path file;
  private Standby standby;
  private CompletableFuture<Standby.Run> taken;

  @BeforeEach
  void listen() throws IOException {
    file = folder.resolve("socket");
    standby = Standby.at(file);
    taken = CompletableFuture.supplyAsync(this::await);
  }

  private Standby.Run await() {
    try {
      return standby.await(HERE, () -> true).orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() throws Exception {
    if (!taken.isDone()) {
      try (LocalSocket last = LocalSocket.connected(file)) {
        order(last, HERE, 0, 1, 2);
        taken.get(SECONDS, TimeUnit.SECONDS);
      }
    }
    standby.close();
  }

  private static void order(LocalSocket socket, Surroundings surroundings, int... descriptors) throws IOException {
    order(socket, Path.of("").toAbsolutePath(), surroundings, descriptors);
  }

  private static void order(LocalSocket socket, Path folder, Surroundings surroundings, int... descriptors) throws IOException {
    order(socket, folder, Limits.own(), surroundings, descriptors);
  }

  private static void order(
      LocalSocket socket, Path folder, Limits limits, Surroundings surroundings, int... descriptors) throws IOException {
    Order order = new Order("katydid", List.of("--headless"), Map.of("TOKEN", "x"), folder, limits, surroundings);
    socket.sendDescriptors(descriptors);
    byte[] bytes = order.bytes();
    socket.send(ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void takesOneRunAndTellsItsEnd() throws Exception {
    try (LocalSocket caller = LocalSocket.connected(file)) {
      order(caller, HERE, 0, 1, 2);
      assertEquals("Y", text(caller.receive(1)));
      Standby.Run run = taken.get(SECONDS, TimeUnit.SECONDS);
      assertEquals("katydid", run.program());
      assertEquals(List.of("--headless"), run.words());
      assertEquals(Map.of("TOKEN", "x"), run.environment());
      assertEquals(Path.of("").toAbsolutePath(), run.folder());
      assertFalse(Files.exists(file), "nobody else may connect");
      run.end(200);
      assertEquals(200, caller.receive(1)[0] & 0xff);
    }
  }

  @Test
  void refusesOtherSurroundingsAndWaitsOn() throws Exception {
    try (LocalSocket caller = LocalSocket.connected(file)) {
      order(caller, Surroundings.own(Map.of("TZ", "secret")), 0, 1, 2);
      assertEquals("Nthe variable TZ is not the same", text(caller.receive(100)));
    }
    try (LocalSocket caller = LocalSocket.connected(file)) {
      order(caller, HERE, 0, 1);
      assertTrue(text(caller.receive(100)).startsWith("N"), "two descriptors are too few");
    }
    try (LocalSocket caller = LocalSocket.connected(file)) {
      order(caller, folder.resolve("gone"), HERE, 0, 1, 2);
      assertEquals("Nits folder " + folder.resolve("gone") + " cannot be entered", text(caller.receive(500)));
    }
    assertFalse(taken.isDone());
  }

  @Test
  void aRunThatIsNotTakenLeavesLimitsAndFolderAsTheyWere() throws Exception {
    Limits before = Limits.own();
    Path here = Files.readSymbolicLink(Path.of("/proc/self/cwd"));
    List<Long> impossible = new ArrayList<>(before.resources());
    impossible.set(0, 7L); // the first limit alone would do
    impossible.set(14, 2L);
    impossible.set(15, 1L);
    try (LocalSocket caller = LocalSocket.connected(file)) {
      order(caller, folder, new Limits(impossible, 0077), HERE, 0, 1, 2);
      assertTrue(text(caller.receive(500)).startsWith("Nits limits cannot be taken over, limit 7 "), "refused");
    }
    List<Long> fewer = new ArrayList<>(before.resources());
    fewer.set(14, fewer.get(14) - 1);
    Path name = folder.resolve("late");
    try (Standby late = Standby.at(name)) {
      try (LocalSocket caller = LocalSocket.connected(name)) {
        order(caller, folder, new Limits(fewer, 0077), HERE, 0, 1, 2); // it is gone before it can be told
      }
      int[] looks = {0};
      assertEquals(Optional.empty(), late.await(HERE, () -> looks[0]++ < 1));
    }
    assertEquals(before, Limits.own());
    assertEquals(here, Files.readSymbolicLink(Path.of("/proc/self/cwd")));
    assertFalse(taken.isDone());
  }

  @Test
  void survivesCallersThatSendSomethingElse() throws Exception {
    LocalSocket.connected(file).close();
    for (byte[] bytes : new byte[][] {{1}, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8), {0, 127, -1, -1, -1}}) {
      try (LocalSocket caller = LocalSocket.connected(file)) {
        caller.send(bytes);
        assertFalse(answered(caller), "it closes without an answer");
      }
    }
    assertFalse(taken.isDone());
  }

  @Test
  void aCallerThatHasGoneBeforeTheAnswerIsNotServed() throws Exception {
    Path name = folder.resolve("late");
    Standby late = Standby.at(name);
    try (LocalSocket caller = LocalSocket.connected(name)) {
      order(caller, HERE, 0, 1, 2);
    }
    try (LocalSocket next = LocalSocket.connected(name)) {
      order(next, HERE, 0, 1, 2);
      late.await(HERE, () -> true).orElseThrow().end(5);
      assertEquals("Y\5", text(next.receive(2)));
    }
  }

  private static boolean answered(LocalSocket caller) {
    try {
      return caller.receive(1).length > 0;
    } catch (IOException e) {
      return false; // Not all that was sent has been read.
    }
  }

  @Test
  void onlyOneWaitsAndAKilledOneDoesNotCount() throws Exception {
    assertThrows(IllegalStateException.class, () -> Standby.at(file));
    Path left = folder.resolve("left");
    LocalSocket.listening(left).close();
    assertTrue(Files.exists(left));
    Standby.at(left).close();
    assertFalse(Files.exists(left));
  }

  @Test
  void waitsOnlyAsLongAsItIsTold() throws Exception {
    try (Standby other = Standby.at(folder.resolve("other"))) {
      assertEquals(Optional.empty(), other.await(HERE, () -> false));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aCallerRemovesWhatAKilledOneHasLeft() throws Exception {
    Path left = folder.resolve("left");
    LocalSocket.listening(left).close();
    assertThrows(IOException.class, () -> LocalSocket.connected(left));
    assertFalse(Files.exists(left));
    LocalSocket.connected(file).close();
    assertTrue(Files.exists(file), "somebody waits there");
  }

  @Test
  void handsOpenFilesOver() throws Exception {
    Path name = folder.resolve("other");
    try (LocalSocket listener = LocalSocket.listening(name);
        LocalSocket caller = LocalSocket.connected(name);
        LocalSocket called = listener.accept()) {
      assertEquals(LocalSocket.ownUser(), called.peerUser());
      caller.sendDescriptors(0, 1, 2);
      List<Integer> descriptors = called.receiveDescriptors();
      assertEquals(3, descriptors.size());
      for (int i = 0; i < 3; i++) {
        assertTrue(descriptors.get(i) > 2);
        assertEquals(opened(i), opened(descriptors.get(i)));
        LocalSocket.closeDescriptor(descriptors.get(i));
      }
    }
  }

  private static Path opened(int descriptor) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
  }

  @Test
  void waitsNoLongerThanItIsTold() throws Exception {
    Path name = folder.resolve("quiet");
    try (LocalSocket listener = LocalSocket.listening(name)) {
      listener.timeout(20);
      assertNull(listener.accept());
    }
    Path tooLong = folder.resolve("n".repeat(LocalSocket.LONGEST_NAME));
    assertThrows(IOException.class, () -> LocalSocket.listening(tooLong));
  }
}
