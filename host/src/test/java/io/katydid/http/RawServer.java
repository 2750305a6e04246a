package io.katydid.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that reads requests and answers each with whatever bytes the test says, on port 0. Requests are kept as
 * text, head and body, in the order they came.
 */
final class RawServer implements AutoCloseable {
  /** What to answer; the connection is closed if it returns false. */
  interface Answer {
    boolean to(Request request, OutputStream out) throws IOException;
  }

  /** @param number counts all requests of the server from 0, @param connection its connections from 0 */
  record Request(int number, int connection, String text) {
    String line() {
      return text.substring(0, text.indexOf('\r'));
    }

    String header(String name) {
      for (String line : text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n")) {
        if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return null;
    }

    String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }
  }

  final List<Request> requests = new CopyOnWriteArrayList<>();

  private final ServerSocket listener;
  private final Answer answer;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();

  RawServer(Answer answer) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
  }

  RawServer(ServerSocket listener, Answer answer) {
    this.listener = listener;
    this.answer = answer;
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers the requests with these texts in turn, the last one for ever, on connections that stay open. */
  static RawServer replying(String... replies) throws IOException {
    return new RawServer((request, out) -> {
      out.write(replies[Math.min(request.number(), replies.length - 1)].getBytes(StandardCharsets.ISO_8859_1));
      return true;
    });
  }

  /** Answers every request with this text and closes. */
  static RawServer closingAfter(String reply) throws IOException {
    return new RawServer((request, out) -> {
      out.write(reply.getBytes(StandardCharsets.ISO_8859_1));
      return false;
    });
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  int port() {
    return listener.getLocalPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  int connections() {
    return sockets.size();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        int index = sockets.size();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket, index));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, int connection) {
    try (socket) {
      boolean more = true;
      while (more) {
        String text = readRequest(socket.getInputStream());
        if (text == null) {
          return;
        }
        Request request = new Request(number.getAndIncrement(), connection, text);
        requests.add(request);
        more = answer.to(request, socket.getOutputStream());
        socket.getOutputStream().flush();
      }
    } catch (IOException e) {
      // The client went away, which some tests make it do.
    }
  }

  private static String readRequest(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String head = "";
    while (!head.endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return null;
      }
      bytes.write(b);
      head = b == '\n' ? bytes.toString(StandardCharsets.ISO_8859_1) : "";
    }
    Request request = new Request(0, 0, head);
    String length = request.header("Content-Length");
    String coding = request.header("Transfer-Encoding");
    if (coding != null) {
      String text = head;
      while (!text.endsWith("\r\n0\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          return null;
        }
        bytes.write(b);
        text = b == '\n' ? bytes.toString(StandardCharsets.ISO_8859_1) : "";
      }
    } else if (length != null) {
      bytes.write(in.readNBytes(Integer.parseInt(length)));
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
