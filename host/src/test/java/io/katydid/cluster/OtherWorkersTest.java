package io.katydid.cluster;

import static io.katydid.cluster.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.katydid.cli.CommandLine;
import io.katydid.stats.StatsEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real boomer and locust4j workers beside one of ours under our master: steered, counted exactly, told to go. */
@Timeout(180)
class OtherWorkersTest {
  private static final Duration STARTUP = Duration.ofSeconds(60);
  private static final long ROUNDS = 50;

  private final RecordingLog log = new RecordingLog();
  private final Map<String, Long> arrived = new ConcurrentHashMap<>();
  private HttpServer target;

  @TempDir
  private Path folder;

  @BeforeEach
  void openTarget() throws Exception {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    target.createContext("/", exchange -> {
      String path = exchange.getRequestURI().getPath();
      arrived.merge(path, 1L, Long::sum);
      exchange.sendResponseHeaders(path.startsWith("/fail") ? 500 : 200, 2);
      exchange.getResponseBody().write(new byte[] {'o', 'k'});
      exchange.close();
    });
    target.start();
  }

  @AfterEach
  void closeTarget() {
    target.stop(0);
  }

  @ParameterizedTest
  @EnumSource
  void workersOfOtherMakesObeyAndAreCounted(OtherWorker kind) throws Exception {
    kind.assumePresent();
    String url = "http://127.0.0.1:" + target.getAddress().getPort();
    Path output = folder.resolve("worker.log");
    String ok = "/ok/" + kind.pathName();
    String fail = "/fail/" + kind.pathName();
    try (CountingMaster master = new CountingMaster(0, log);
        CountingWorker ours = new CountingWorker("zz_ours", master.port, log)) {
      master.options = new CommandLine(List.of("-f", "users.py", "--master", "-u", "6", "-t", "1h", "--tags", "a", "b"),
          Map.of(), folder, folder).parse(List.of()).values();
      Process process = kind.start(master.port, url, output.toFile());
      try {
        eventually("both are ready", STARTUP, () -> master.protocol.workers().ready() == 2);
        master.start(6, 100);
        eventually("all users run", STARTUP, () -> master.protocol.phase() == RunPhase.RUNNING
            && master.protocol.workers().userCount() == 6);
        eventually("all is counted", STARTUP, () -> requests(master, fail) == ROUNDS);
        assertEquals(Map.of(ok, 2 * ROUNDS, fail, ROUNDS), arrived);
        assertEquals(2 * ROUNDS, requests(master, ok));
        assertEquals(0, master.stats.find(ok, "GET").failures());
        assertEquals(ROUNDS, master.stats.find(fail, "GET").failures());
        assertEquals(List.of(ROUNDS), master.stats.errors().stream().map(error -> error.occurrences()).toList());

        master.start(9, 100);
        eventually("an edit is obeyed", () -> master.protocol.workers().userCount() == 9);
        master.stop();
        eventually("both are ready again", () -> master.protocol.workers().ready() == 2);
        master.start(2, 100);
        eventually("a second test runs", () -> master.protocol.phase() == RunPhase.RUNNING
            && master.protocol.workers().userCount() == 2);
        master.quit();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "it goes when told to:\n" + read(output));
        assertEquals(WorkerRun.End.QUIT, ours.end.get(20, TimeUnit.SECONDS));
        assertEquals(List.of(), log.lines().stream()
            .filter(line -> line.startsWith("ERROR") || line.startsWith("WARNING"))
            .filter(line -> !line.contains("exceeded cpu threshold")) // it tells the use of the whole machine
            .filter(line -> !line.contains("has not said good-bye")) // it may leave without a word, and that is said
            .toList(), log.lines()::toString);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static long requests(CountingMaster master, String name) {
    StatsEntry entry = master.stats.find(name, "GET");
    return entry == null ? 0 : entry.requests();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
