package io.katydid.graalpy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;

/**
 * A small HTTP server over raw sockets for the Python tests: it echoes what it got to the byte, and misbehaves on
 * request. Started from Python with {@code java.type}, or by {@link #main} to compare with another client.
 */
public final class HttpEchoServer implements AutoCloseable {
  private record Request(String method, String target, List<String> headers, byte[] body) {
    String header(String name) {
      for (int i = 0; i < headers.size(); i += 2) {
        if (headers.get(i).equalsIgnoreCase(name)) {
          return headers.get(i + 1);
        }
      }
      return "";
    }

    String path() {
      int query = target.indexOf('?');
      return query < 0 ? target : target.substring(0, query);
    }

    String query() {
      int query = target.indexOf('?');
      return query < 0 ? "" : target.substring(query + 1);
    }
  }

  private final ServerSocket listener;
  private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
  private final CountDownLatch letGo = new CountDownLatch(1);
  private final ConcurrentHashMap<String, Integer> hits = new ConcurrentHashMap<>();

  public HttpEchoServer(int port) throws IOException {
    listener = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("echo-accept").start(this::accept);
  }

  /** For Python: a server on a free port. */
  public static HttpEchoServer start() throws IOException {
    return new HttpEchoServer(0);
  }

  public static void main(String[] args) throws Exception {
    HttpEchoServer server = new HttpEchoServer(args.length == 0 ? 0 : Integer.parseInt(args[0]));
    System.out.println(server.port());
    Thread.currentThread().join();
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How often a path was asked for. */
  public int hits(String path) {
    return hits.getOrDefault(path, 0);
  }

  /** Lets the answers to `/held` go, those that come later too. */
  public void letGo() {
    letGo.countDown();
  }

  private void awaitLetGo() throws IOException {
    try {
      letGo.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  /** How many connections are open, as far as the server knows. */
  public int openConnections() {
    return open.size();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofPlatform().daemon().name("echo").start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
      socket.setTcpNoDelay(true);
      Request request;
      while ((request = read(in)) != null) {
        hits.merge(request.path(), 1, Integer::sum);
        boolean keep = answer(request, out, in);
        out.flush();
        if (!keep) {
          return;
        }
      }
    } catch (IOException goneAway) {
      // The client closed its end, or the test ended.
    } finally {
      open.remove(socket);
    }
  }

  private static Request read(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    String[] start = line.split(" ", 3);
    List<String> headers = new ArrayList<>();
    while ((line = line(in)) != null && !line.isEmpty()) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon));
      headers.add(line.substring(colon + 1).strip());
    }
    Request head = new Request(start[0], start[1], headers, new byte[0]);
    byte[] body = head.body();
    if (head.header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
      body = chunks(in);
    } else if (!head.header("Content-Length").isEmpty()) {
      body = in.readNBytes(Integer.parseInt(head.header("Content-Length")));
    }
    return new Request(head.method(), head.target(), headers, body);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int size;
    while ((size = Integer.parseInt(line(in), 16)) > 0) {
      all.write(in.readNBytes(size));
      line(in);
    }
    line(in);
    return all.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int octet;
    while ((octet = in.read()) != '\n') {
      if (octet < 0) {
        return null;
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.ISO_8859_1).replace("\r", "");
  }

  private boolean answer(Request request, OutputStream out, InputStream in) throws IOException {
    String path = request.path();
    String[] parts = path.substring(1).split("/");
    switch (parts[0]) {
      case "echo" -> respond(request, out, 200, "OK", echo(request), "Content-Type", "application/json");
      case "status" -> {
        int code = Integer.parseInt(parts[1]);
        respond(request, out, code, reason(code), reason(code) + " here", "Content-Type", "text/plain");
      }
      case "redirect" -> {
        int left = Integer.parseInt(parts[1]);
        String next = left > 1 ? "/redirect/" + (left - 1) : "/echo?end=1";
        respond(request, out, 302, "Found", "moved", "Location", next, "Set-Cookie", "hop" + left + "=1; Path=/");
      }
      case "redirect-code" ->
          respond(request, out, Integer.parseInt(parts[1]), "Moved", "", "Location", "/echo?end=1");
      case "redirect-to" -> respond(request, out, 302, "Found", "", "Location", request.query());
      case "loop" -> respond(request, out, 302, "Found", "", "Location", "/loop");
      case "cookie" -> respond(request, out, 200, "OK", "set", "Set-Cookie", request.query() + "; Path=/");
      case "headers" ->
          respond(
              request, out, 200, "OK", "x", "X-One", "1", "X-Two", "a", "X-Two", "b", "Link",
              "<http://x/2>; rel=\"next\", <http://x/9>; rel=last");
      case "body" ->
          respond(
              request, out, 200, "OK", new String(request.body(), StandardCharsets.ISO_8859_1), "Content-Type",
              parts.length > 1 ? request.path().substring("/body/".length()) : "text/plain");
      case "json" -> respond(request, out, 200, "OK", "{\"a\": [1, 2.5, null, true], \"b\": \"\u00e9\"}",
          "Content-Type", "application/json");
      case "lines" -> respond(request, out, 200, "OK", "one\ntwo\r\nthree", "Content-Type", "text/plain");
      case "gzip" -> gzip(out);
      case "chunked" -> out.write(latin1(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"));
      case "auth" -> auth(request, out);
      case "held" -> {
        awaitLetGo();
        respond(request, out, 200, "OK", "at last", "Content-Type", "text/plain");
      }
      case "slow" -> {
        out.flush();
        in.read();
        return false;
      }
      case "short" -> {
        out.write(latin1("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"));
        return false;
      }
      case "raw" -> {
        out.write(HexFormat.of().parseHex(parts[1]));
        return false;
      }
      case "garbage" -> {
        out.write(latin1("garbage\r\n\r\n"));
        return false;
      }
      case "drop" -> {
        return false;
      }
      default -> respond(request, out, 200, "OK", "hello", "Content-Type", "text/plain; charset=utf-8");
    }
    return !request.header("Connection").equalsIgnoreCase("close");
  }

  private static void auth(Request request, OutputStream out) throws IOException {
    String sent = request.header("Authorization");
    String challenge =
        request.path().endsWith("digest")
            ? "Digest realm=\"r\", nonce=\"abc\", qop=\"auth\", algorithm=MD5, opaque=\"o\""
            : "Basic realm=\"r\"";
    if (sent.isEmpty()) {
      respond(request, out, 401, "Unauthorized", "who?", "WWW-Authenticate", challenge);
    } else {
      respond(request, out, 200, "OK", sent, "Content-Type", "text/plain");
    }
  }

  private static void gzip(OutputStream out) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(latin1("unpacked ".repeat(100)));
    }
    out.write(latin1("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/plain\r\nContent-Length: "
        + packed.size() + "\r\n\r\n"));
    packed.writeTo(out);
  }

  private static void respond(
      Request request, OutputStream out, int code, String reason, String body, String... headers) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + code + " " + reason + "\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    boolean bodyAllowed = code != 204 && code != 304;
    byte[] bytes = bodyAllowed ? latin1(body) : new byte[0];
    if (headers.length > 1 && headers[1].contains("json")) {
      bytes = body.getBytes(StandardCharsets.UTF_8);
    }
    if (bodyAllowed) {
      head.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    out.write(latin1(head.append("\r\n").toString()));
    if (!request.method().equals("HEAD")) {
      out.write(bytes);
    }
  }

  private static String echo(Request request) {
    StringBuilder json = new StringBuilder("{\"method\": " + quote(request.method()));
    json.append(", \"target\": ").append(quote(request.target())).append(", \"headers\": [");
    for (int i = 0; i < request.headers().size(); i += 2) {
      json.append(i == 0 ? "" : ", ").append('[').append(quote(request.headers().get(i))).append(", ")
          .append(quote(request.headers().get(i + 1))).append(']');
    }
    return json.append("], \"body\": ")
        .append(quote(new String(request.body(), StandardCharsets.ISO_8859_1))).append('}').toString();
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static String reason(int code) {
    return switch (code) {
      case 200 -> "OK";
      case 204 -> "No Content";
      case 404 -> "Not Found";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> "Status " + code;
    };
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
