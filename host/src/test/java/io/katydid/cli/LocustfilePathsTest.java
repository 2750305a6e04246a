package io.katydid.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocustfilePathsTest {
  @TempDir Path folder;

  private LocustfilePaths find(boolean worker, String... parts) {
    EarlyOptions options = new EarlyOptions(false, false, List.of(parts), worker, "127.0.0.1", 5557, null);
    return LocustfilePaths.find(options, folder, new LocustfileDownload(folder));
  }

  private String error(String... parts) {
    UsageException e = assertThrows(UsageException.class, () -> find(false, parts));
    assertEquals(1, e.exitCode());
    return e.text("locust");
  }

  private void file(String name) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "x = 1\n");
  }

  private List<String> names(LocustfilePaths paths) {
    return paths.files().stream().map(path -> folder.relativize(path).toString().replace('\\', '/')).toList();
  }

  @Test
  void takesFilesInTheirOrder() throws IOException {
    file("b.py");
    file("a.py");
    assertEquals(List.of("b.py", "a.py"), names(find(false, "b.py", "a.py", "b.py")));
  }

  @Test
  void takesWholeFoldersExceptFilesWithAnUnderscore() throws IOException {
    for (String name : List.of("t/a.py", "t/sub/b.py", "t/_x.py", "t/__init__.py", "t/_h/c.py", "t/readme.txt")) {
      file(name);
    }
    assertEquals(List.of("t/_h/c.py", "t/a.py", "t/sub/b.py"), names(find(false, "t")));
  }

  @Test
  void theSuffixMayBeLeftOutAsInOldVersions() throws IOException {
    file("locustfile.py");
    assertEquals(List.of("locustfile.py"), names(find(false, "locustfile")));
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(folder.resolve("a.txt"), "x");
    assertEquals("Could not find 'nope.py'. Ensure your locustfile ends with '.py' or is a directory with locustfiles."
        + " See --help for available options.", error("nope.py"));
    assertTrue(error("a.txt").startsWith("Could not find 'a.txt'."));
    assertEquals("Could not find any locustfiles in directory 'empty'", error("empty"));
  }

  @Test
  void aDashMeansFromTheMaster() {
    assertTrue(find(true, "-").fromMaster());
    assertEquals("locustfile was set to '-' (meaning to download from master) but --worker was not specified.",
        error("-"));
  }

  @Test
  void addressesAreDownloaded() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      byte[] body = "y = 2\n".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(exchange.getRequestURI().getPath().startsWith("/ok") ? 200 : 404, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort();
      Path copy = find(false, base + "/ok.py?x=1").files().getFirst();
      assertEquals("ok.py", copy.getFileName().toString());
      assertEquals("y = 2\n", Files.readString(copy));
      assertTrue(error(base + "/none.py").startsWith("Failed to get locustfile from: " + base + "/none.py. "));
    } finally {
      server.stop(0);
    }
  }
}
