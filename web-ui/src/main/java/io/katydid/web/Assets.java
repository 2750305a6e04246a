package io.katydid.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page's files: our own scripts and styles, and the two libraries from their WebJars. A fixed table of names, so
 * that no path of a request ever reaches a file system, except for `--build-path`, which is checked. Read once at
 * start; immutable.
 */
final class Assets {
  /** Scripts of the page in the order they are loaded. */
  static final List<String> SCRIPTS = List.of(
      "preact.js", "hooks.js", "uplot.js", "core.js", "charts.js", "table.js", "form.js", "panels.js", "compare.js",
      "live.js", "app.js");

  static final List<String> STYLES = List.of("uplot.css", "app.css");

  private static final String OWN = "/io/katydid/web/assets/";
  private static final String PREACT = "/META-INF/resources/webjars/preact/10.28.0/";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final Map<String, String> LIBRARIES = Map.of(
      "preact.js", PREACT + "dist/preact.min.umd.js",
      "hooks.js", PREACT + "hooks/dist/hooks.umd.js",
      "uplot.js", UPLOT + "uPlot.iife.min.js",
      "uplot.css", UPLOT + "uPlot.min.css");

  private final Path folder;
  private final Map<String, WebReply> files = new LinkedHashMap<>();

  /** @param folder served before the built-in files, or null */
  Assets(Path folder) {
    this.folder = folder;
    for (String name : SCRIPTS) {
      files.put(name, reply(name, load(name)).withGzip());
    }
    for (String name : STYLES) {
      files.put(name, reply(name, load(name)).withGzip());
    }
    files.put("icon.svg", reply("icon.svg", load("icon.svg")));
  }

  /** The text of a built-in file. */
  static String text(String name) {
    return new String(load(name), StandardCharsets.UTF_8);
  }

  private static byte[] load(String name) {
    String resource = LIBRARIES.getOrDefault(name, OWN + name);
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The program is incomplete: " + resource + " is missing. Build it again.");
      }
      byte[] content = in.readAllBytes();
      if (!name.endsWith(".js")) {
        return content;
      }
      // A source map would be one more request that nobody answers.
      String script = new String(content, StandardCharsets.UTF_8).replaceAll("(?m)^//# sourceMappingURL=.*$", "");
      return script.getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WebReply answer(WebRequest request) throws IOException {
    String name = request.path().substring("/assets/".length());
    byte[] content = fromFolder(name);
    WebReply reply = content == null ? files.get(name) : reply(name, content);
    if (reply == null) {
      return WebReply.page(404, "Not Found", "There is no such file.");
    }
    boolean known = reply.header("ETag").equals(request.header("if-none-match"));
    return known ? new WebReply(304, reply.headers(), new byte[0]) : reply;
  }

  /** A browser asks each time whether its copy is still the right one; a new version is seen at once. */
  private static WebReply reply(String name, byte[] content) {
    return new WebReply(
        200,
        List.of(
            Map.entry("Content-Type", type(name)),
            Map.entry("Cache-Control", "no-cache"),
            Map.entry("ETag", entityTag(content))),
        content);
  }

  private static String entityTag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private byte[] fromFolder(String name) throws IOException {
    if (folder == null) {
      return null;
    }
    Path root = folder.resolve("assets");
    if (name.isEmpty() || name.indexOf('\0') >= 0 || !Files.isDirectory(root)) {
      return null;
    }
    Path file = root.resolve(name).normalize();
    if (!file.startsWith(root) || !Files.isRegularFile(file) || !file.toRealPath().startsWith(root.toRealPath())) {
      return null;
    }
    return Files.readAllBytes(file);
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "js", "mjs" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "html" -> "text/html; charset=utf-8";
      case "json" -> "application/json";
      case "png" -> "image/png";
      case "ico" -> "image/x-icon";
      case "woff2" -> "font/woff2";
      default -> "application/octet-stream";
    };
  }
}
