package io.katydid.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadingNoticeTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void saysAgainAndAgainWhatIsBeingLoadedUntilItIsClosed() throws Exception {
    CountDownLatch lines = new CountDownLatch(3);
    PrintStream err =
        new PrintStream(bytes, true) {
          @Override
          public void println(String line) {
            super.println(line);
            lines.countDown();
          }
        };
    List<Path> files = List.of(Path.of("tests", "shop.py"), Path.of("tests", "login.py"));
    try (LoadingNotice notice = LoadingNotice.about("katydid", files, err, Duration.ofMillis(1))) {
      lines.await();
      notice.now("last import: redis.client");
      while (!bytes.toString().contains("redis")) {
        Thread.onSpinWait();
      }
    }
    String said = bytes.toString();
    assertTrue(said.startsWith("katydid: still loading shop.py, login.py and what it imports, 0 s (Python is being started)"), said);
    assertTrue(said.contains(" s (last import: redis.client)"), said);
    Thread.sleep(20);
    assertEquals(said, bytes.toString(), "a line after it was closed");
  }

  @Test
  void saysNothingAboutWhatIsQuick() {
    PrintStream err = new PrintStream(bytes, true);
    LoadingNotice.about("katydid", List.of(Path.of("shop.py")), err, Duration.ofDays(1)).close();
    assertEquals("", bytes.toString());
  }
}
