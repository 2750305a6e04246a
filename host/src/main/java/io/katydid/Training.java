package io.katydid;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.katydid.app.FolderTree;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * The run that {@code katydid prepare} lets Java learn from: a short test of a small server in the same process, over
 * loopback. Ends the process like any run; Java then writes its start-up cache.
 */
public final class Training {
  private static final String PAGE =
      "<html><body>" + "<p>Some text to read.</p>".repeat(40) + "<a href=\"/linked\">next</a></body></html>";
  private static final String JSON =
      "{\"status\": \"ok\", \"items\": [{\"name\": \"kettle\", \"price\": 12.5, \"count\": 2},"
          + " {\"name\": \"cup\", \"price\": 3, \"count\": 6}], \"next\": null, \"more\": true}";

  private Training() {}

  /** Takes more words for the command line, which come last and so win. */
  public static void main(String[] args) throws IOException {
    // Without this the server's answers wait for the client's acknowledgements, 40 ms each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().factory()));
    server.createContext("/", Training::answer);
    server.start();
    Path folder = Files.createTempDirectory("katydid-training");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
    Path locustfile = folder.resolve("training.py");
    try (InputStream text = Training.class.getResourceAsStream("training.py")) {
      Files.copy(text, locustfile);
    }
    String[] words = {
      "-f", locustfile.toString(), "-H", "http://127.0.0.1:" + server.getAddress().getPort(),
      "--autostart", "--autoquit", "0", "--web-host", "127.0.0.1", "--web-port", "0", "--print-stats", "-u", "6",
      "-r", "6", "-t", "25s", "--exit-code-on-error", "0", "--csv", folder.resolve("csv").toString(),
      "--html", folder.resolve("report.html").toString()
    };
    String[] all = new String[words.length + args.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(args, 0, all, words.length, args.length);
    Main.main(all);
  }

  private static void remove(Path folder) {
    try {
      FolderTree.remove(folder);
    } catch (IOException e) {
      System.err.println("The folder " + folder + " of the training run could not be removed: " + e.getMessage());
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange; InputStream sent = exchange.getRequestBody()) {
      sent.readAllBytes();
      String path = exchange.getRequestURI().getPath();
      boolean page = path.equals("/page");
      byte[] body = (page ? PAGE : JSON).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", page ? "text/html; charset=utf-8" : "application/json");
      if (path.equals("/login")) {
        exchange.getResponseHeaders().add("Set-Cookie", "session=abc; Path=/; HttpOnly");
      }
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
