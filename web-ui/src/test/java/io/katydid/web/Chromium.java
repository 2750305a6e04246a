package io.katydid.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium with one page, steered through the DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Errors of scripts, refused resources and violated policies, as the browser told them. */
  final List<String> complaints = new CopyOnWriteArrayList<>();

  private final Process process;
  private final Path profile;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final URI control;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();

  /** The browser's program, if this machine has one. */
  static Optional<Path> program() {
    List<String> names = List.of("chromium", "chromium-browser", "google-chrome");
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Chromium(Path program) throws Exception {
    profile = Files.createTempDirectory("katydid-browser");
    process = new ProcessBuilder(
            program.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
            "--user-data-dir=" + profile, "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-extensions", "--window-size=1400,900",
            "about:blank")
        .redirectErrorStream(true)
        .redirectOutput(profile.resolve("output.txt").toFile())
        .start();
    Path portFile = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(portFile) || Files.readAllLines(portFile).size() < 2) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new IOException("Chromium does not start: " + Files.readString(profile.resolve("output.txt")));
      }
      Thread.sleep(20);
    }
    int port = Integer.parseInt(Files.readAllLines(portFile).getFirst());
    control = URI.create("http://127.0.0.1:" + port + "/json/");
    URI address = URI.create(tab("about:blank").get("webSocketDebuggerUrl").asText());
    socket = client.newWebSocketBuilder().buildAsync(address, new Listener()).get(30, TimeUnit.SECONDS);
    command("Runtime.enable", Map.of());
    command("Log.enable", Map.of());
    command("Page.enable", Map.of());
  }

  /** Opens another tab, before the ones that are there, and tells what the browser knows of it. */
  JsonNode tab(String address) throws Exception {
    return JSON.readTree(client.send(HttpRequest.newBuilder(control.resolve("new?" + address))
        .method("PUT", HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString()).body());
  }

  void closeTab(JsonNode tab) throws Exception {
    ask("close/" + tab.get("id").asText());
  }

  /** The titles of the tabs that show an address below the given one. */
  List<String> titles(String below) throws Exception {
    List<String> titles = new ArrayList<>();
    for (JsonNode tab : JSON.readTree(ask("list"))) {
      if (tab.get("url").asText().startsWith(below)) {
        titles.add(tab.get("title").asText());
      }
    }
    return titles;
  }

  private String ask(String what) throws Exception {
    return client.send(
        HttpRequest.newBuilder(control.resolve(what)).build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          take(JSON.readTree(text.toString()));
        } catch (IOException e) {
          complaints.add("unreadable message: " + e.getMessage());
        }
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }
  }

  private void take(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> reply = replies.remove(message.get("id").asInt());
      if (reply != null) {
        reply.complete(message);
      }
      return;
    }
    String method = message.path("method").asText();
    JsonNode params = message.path("params");
    if (method.equals("Runtime.exceptionThrown")) {
      complaints.add(params.at("/exceptionDetails/exception/description").asText(params.toString()));
    } else if (method.equals("Log.entryAdded") && params.at("/entry/level").asText().equals("error")) {
      complaints.add(params.at("/entry/text").asText() + " " + params.at("/entry/url").asText());
    }
  }

  JsonNode command(String method, Map<String, ?> params) throws Exception {
    int id = ids.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(params));
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    replies.put(id, reply);
    socket.sendText(message.toString(), true).get(30, TimeUnit.SECONDS);
    JsonNode answer = reply.get(30, TimeUnit.SECONDS);
    if (answer.has("error")) {
      throw new IOException(method + ": " + answer.get("error"));
    }
    return answer.path("result");
  }

  void open(String address) throws Exception {
    command("Page.navigate", Map.of("url", address));
    await("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  void reload() throws Exception {
    eval("self.beforeReload = true");
    command("Page.reload", Map.of());
    await("!self.beforeReload && document.readyState === 'complete'");
  }

  /** Width and height in pixels; a phone when narrow. */
  void size(int width, int height) throws Exception {
    command("Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 700));
  }

  JsonNode eval(String script) throws Exception {
    JsonNode result =
        command("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(script + ": " + result.at("/exceptionDetails/exception/description").asText());
    }
    return result.at("/result/value");
  }

  String text(String selector) throws Exception {
    return eval("(document.querySelector(" + JSON.writeValueAsString(selector) + ") || {innerText: ''}).innerText")
        .asText();
  }

  /** Waits until the expression is true. */
  void await(String condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      boolean fulfilled;
      try {
        fulfilled = eval("Boolean(" + condition + ")").asBoolean();
      } catch (IOException e) {
        // The page is being replaced; the next look sees the new one.
        fulfilled = false;
      }
      if (fulfilled) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE + ": " + condition + "\ncomplaints: " + complaints
            + "\npage: " + text("body"));
      }
      Thread.sleep(30);
    }
  }

  void click(String selector) throws Exception {
    await("document.querySelector(" + JSON.writeValueAsString(selector) + ")");
    eval("document.querySelector(" + JSON.writeValueAsString(selector) + ").click()");
  }

  /** Presses a key by its DOM name, as a user would. */
  void press(String key) throws Exception {
    Map<String, Integer> codes = Map.of("Tab", 9, "Enter", 13, " ", 32, "ArrowRight", 39, "End", 35, "Home", 36);
    String text = key.equals("Enter") ? "\r" : key.equals(" ") ? " " : "";
    for (String type : List.of("keyDown", "keyUp")) {
      command("Input.dispatchKeyEvent",
          Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", codes.get(key), "text", text));
    }
  }

  /** Moves the pressed mouse over an element, from one share of its width to another. */
  void drag(String selector, double from, double to) throws Exception {
    JsonNode box = eval("(() => { const b = document.querySelector(" + JSON.writeValueAsString(selector)
        + ").getBoundingClientRect(); return {x: b.x, y: b.y + b.height / 2, width: b.width}; })()");
    double y = box.get("y").asDouble();
    double start = box.get("x").asDouble() + from * box.get("width").asDouble();
    double end = box.get("x").asDouble() + to * box.get("width").asDouble();
    mouse("mouseMoved", start, y, 0);
    mouse("mousePressed", start, y, 1);
    mouse("mouseMoved", (start + end) / 2, y, 1);
    mouse("mouseMoved", end, y, 1);
    mouse("mouseReleased", end, y, 0);
  }

  private void mouse(String type, double x, double y, int buttons) throws Exception {
    command("Input.dispatchMouseEvent", Map.of(
        "type", type, "x", x, "y", y, "button", "left", "buttons", buttons, "clickCount", 1));
  }

  void screenshot(Path file) throws Exception {
    JsonNode data = command("Page.captureScreenshot", Map.of("format", "png"));
    Files.write(file, Base64.getDecoder().decode(data.get("data").asText()));
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    client.shutdownNow();
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    process.destroy();
    family.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    family.forEach(ProcessHandle::destroyForcibly);
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
