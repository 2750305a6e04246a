package io.katydid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.wire.Message;
import io.katydid.wire.MessageCodec;
import io.katydid.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker without a locustfile asks a master, and what the master has to hand out. */
@Timeout(60)
class LocustfileRequestTest {
  private static final LocustfileRequest.Patience SHORT = new LocustfileRequest.Patience(0.2, 0.4, 0.4, 3);
  private final RecordingLog log = new RecordingLog();
  private final List<String> notices = new ArrayList<>();
  private final MessageCodec codec = new MessageCodec();

  @TempDir
  private Path folder;

  @Test
  void filesAndAddressesAreHandedOver() throws Exception {
    Files.writeString(folder.resolve("locustfile.py"), "x = 1");
    Files.createDirectories(folder.resolve("more/deep"));
    Files.writeString(folder.resolve("more/deep/a.py"), "a = 'å'");
    Files.writeString(folder.resolve("more/_hidden.py"), "no");
    LocustfileHandout handout =
        new LocustfileHandout(List.of("locustfile.py", "more", "http://localhost/b.py"), folder);
    assertEquals(
        List.of(new LocustfileRequest.ScriptFile("locustfile.py", "x = 1"),
            new LocustfileRequest.ScriptFile("a.py", "a = 'å'"),
            new LocustfileRequest.Address("http://localhost/b.py")),
        askMasterThatAnswers("locustfile", Map.of("locustfiles", handout.read())));
  }

  @Test
  void aFileThatCannotBeReadIsExplained() {
    WireException e = assertThrows(WireException.class,
        () -> new LocustfileHandout(List.of("gone.py"), folder).read());
    assertTrue(e.getMessage().startsWith("locustfile must be a full path"), e.getMessage());
    assertTrue(e.getMessage().endsWith("(was 'gone.py')"), e.getMessage());
  }

  @Test
  void refusalsAndWrongAnswersAreToldToTheUser() {
    assertEquals("Got error from master: none", refused("locustfile", Map.of("error", "none")));
    assertEquals("Got wrong message type from master quit", refused("quit", null));
    assertEquals("Got error from master: it has no locustfile", refused("locustfile", null));
  }

  @Test
  void aNameThatLeadsElsewhereIsRefused() {
    for (String name : List.of("../evil.py", "/etc/evil.py", "a\\b.py", ".profile", "")) {
      String message = refused("locustfile",
          Map.of("locustfiles", List.of(Map.of("filename", name, "contents", "x"))));
      assertTrue(message.contains("bad name"), message);
    }
  }

  @Test
  void withoutAnAnswerItIsGivenUpAfterNotices() throws Exception {
    int port;
    try (MasterSocket gone = MasterSocket.bind("127.0.0.1", 0, 1000, Incoming::handled, log)) {
      port = gone.port();
    }
    ClusterException e = assertThrows(ClusterException.class, () -> request(port));
    assertTrue(e.getMessage().startsWith("Got no locustfile response from master, gave up after"), e.getMessage());
    assertFalse(notices.isEmpty());
    assertEquals("Waiting to connect to master to receive locustfile...", notices.getFirst());
  }

  private String refused(String type, Object data) {
    return assertThrows(ClusterException.class, () -> askMasterThatAnswers(type, data)).getMessage();
  }

  private List<LocustfileRequest.Source> askMasterThatAnswers(String type, Object data) throws Exception {
    AtomicReference<MasterSocket> master = new AtomicReference<>();
    AtomicReference<Message> asked = new AtomicReference<>();
    try (MasterSocket socket = MasterSocket.bind("127.0.0.1", 0, 1 << 20, message -> {
      message.handled();
      try {
        asked.set(codec.decode(message.frame()));
        String to = new String(message.identity(), StandardCharsets.UTF_8);
        master.get().send(to, codec.encode(new Message(type, data, to)));
      } catch (WireException e) {
        throw new AssertionError(e);
      }
    }, log)) {
      master.set(socket);
      List<LocustfileRequest.Source> sources = request(socket.port());
      assertEquals(Map.of("version", "2.47.0"), asked.get().data());
      assertTrue(asked.get().nodeId().startsWith("box_download_locustfile_"));
      return sources;
    }
  }

  private List<LocustfileRequest.Source> request(int port) throws Exception {
    return new LocustfileRequest("2.47.0", SHORT, notices::add, log)
        .ask("127.0.0.1", port, "box");
  }
}
