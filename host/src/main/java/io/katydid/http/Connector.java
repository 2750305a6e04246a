package io.katydid.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Opens connections on the calling thread: name lookup, every address in turn, the proxy's tunnel, the TLS handshake.
 * Stateless apart from what is shared.
 */
final class Connector {
  private static final int MAX_TUNNEL_REPLY_BYTES = 65536;

  private final TlsContexts tlsContexts;
  private final SocketLoop sockets;
  private final ClientRules rules;
  private final NameLookup names;

  Connector(TlsContexts tlsContexts, SocketLoop sockets, ClientRules rules, NameLookup names) {
    this.names = names;
    this.tlsContexts = tlsContexts;
    this.sockets = sockets;
    this.rules = rules;
  }

  /**
   * Connects for `call`, whose abort closes the socket at any moment from now on.
   *
   * @throws IOException with the failure's kind if it is a {@link CallFailed}
   */
  HttpConnection open(Route route, HttpCall call) throws IOException {
    ProxyAddress proxy = route.proxy() == null ? null : ProxyAddress.parse(route.proxy());
    ReadAheadSocket raw = proxy == null
        ? connect(route.host(), route.port(), call)
        : connectToProxy(proxy, call);
    boolean done = false;
    try {
      SSLSocket tls = null;
      if (route.tls() != null) {
        if (proxy != null) {
          tunnel(raw, route, proxy, call.connectTimeoutMs);
        }
        tls = handshake(raw, route, call);
      }
      HttpConnection connection = new HttpConnection(route, raw, tls, sockets.heads(), rules);
      done = true;
      return connection;
    } finally {
      if (!done) {
        raw.close();
      }
    }
  }

  private ReadAheadSocket connectToProxy(ProxyAddress proxy, HttpCall call) throws IOException {
    try {
      return connect(proxy.host(), proxy.port(), call);
    } catch (CallFailed e) {
      throw call.aborted() ? e : new CallFailed(Failure.Kind.PROXY, "Unable to connect to proxy: " + e.getMessage(),
          e.errno);
    }
  }

  private ReadAheadSocket connect(String host, int port, HttpCall call) throws IOException {
    CallFailed last = null;
    for (InetSocketAddress address : lookUp(host, port)) {
      ReadAheadSocket socket = newSocket(host, call);
      call.attach(socket);
      try {
        socket.setTcpNoDelay(true);
        socket.connect(address, call.connectTimeoutMs);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = call.aborted() ? new CallFailed(Failure.Kind.KILLED, "killed") : connectFailure(e, host, call);
        if (call.aborted()) {
          break;
        }
      }
    }
    throw last;
  }

  private ReadAheadSocket newSocket(String host, HttpCall call) throws CallFailed {
    if (!sockets.budget().take()) {
      throw new CallFailed(Failure.Kind.UNREACHABLE, SystemError.TOO_MANY_FILES.text(), SystemError.TOO_MANY_FILES.number());
    }
    try {
      return new ReadAheadSocket(sockets);
    } catch (IOException e) {
      throw connectFailure(e, host, call);
    }
  }

  private InetSocketAddress[] lookUp(String host, int port) throws CallFailed {
    try {
      return names.lookUp(host, port);
    } catch (UnknownHostException e) {
      String text = String.valueOf(e.getMessage());
      if (text.contains("Temporary failure")) {
        throw new CallFailed(Failure.Kind.DNS, "Temporary failure in name resolution", -3);
      } else if (text.contains("No address associated")) {
        throw new CallFailed(Failure.Kind.DNS, "No address associated with hostname", -5);
      }
      throw new CallFailed(Failure.Kind.DNS, "Name or service not known", -2);
    }
  }

  private static CallFailed connectFailure(IOException e, String host, HttpCall call) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (e instanceof SocketTimeoutException) {
      return new CallFailed(Failure.Kind.CONNECT_TIMEOUT, "Connection to " + host + " timed out. (connect timeout="
          + seconds(call.connectTimeoutMs) + ")");
    }
    SystemError known = SystemError.in(text);
    if (known != null) {
      return new CallFailed(Failure.Kind.UNREACHABLE, known.text(), known.number());
    } else if (e instanceof NoRouteToHostException) {
      return new CallFailed(Failure.Kind.UNREACHABLE, "No route to host", 113);
    } else if (e instanceof ConnectException) {
      return new CallFailed(Failure.Kind.REFUSED, "Connection refused", 111);
    }
    return new CallFailed(Failure.Kind.UNREACHABLE, String.valueOf(e.getMessage()));
  }

  /** A limit as Python prints the float the user gave: 0.3, 5, 60. */
  static String seconds(int ms) {
    String text = String.valueOf(ms / 1000.0);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static void tunnel(Socket socket, Route route, ProxyAddress proxy, int timeoutMs) throws IOException {
    socket.setSoTimeout(timeoutMs);
    String target = (route.host().indexOf(':') < 0 ? route.host() : "[" + route.host() + "]") + ":" + route.port();
    String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n"
        + (proxy.authorization() == null ? "" : "Proxy-Authorization: " + proxy.authorization() + "\r\n") + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    String reply = readHead(socket.getInputStream());
    String[] status = reply.substring(0, Math.max(0, reply.indexOf('\r'))).split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].startsWith("2")) {
      String reason = status.length < 2 ? "no reply" : status[1] + (status.length == 3 ? " " + status[2] : "");
      throw new CallFailed(Failure.Kind.PROXY, "Tunnel connection failed: " + reason);
    }
  }

  /** Reads byte by byte up to the empty line: what follows belongs to TLS. */
  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int b = in.read();
      if (b < 0 || head.size() == MAX_TUNNEL_REPLY_BYTES) {
        throw new CallFailed(Failure.Kind.PROXY, "Tunnel connection failed: the proxy sent no complete reply");
      }
      head.write(b);
      matched = b == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : b == '\r' ? 1 : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private SSLSocket handshake(Socket raw, Route route, HttpCall call) throws IOException {
    int limitMs = call.connectTimeoutMs > 0 ? call.connectTimeoutMs : call.readTimeoutMs;
    raw.setSoTimeout(limitMs);
    try {
      return tlsContexts.handshake(raw, route);
    } catch (SocketTimeoutException e) {
      throw new CallFailed(Failure.Kind.READ_TIMEOUT,
          route.poolName() + ": Read timed out. (read timeout=" + seconds(limitMs) + ")");
    } catch (SSLException e) {
      if (e.getCause() instanceof SocketException reset) {
        throw reset;
      }
      throw new CallFailed(Failure.Kind.TLS, TlsContexts.explain(e));
    }
  }
}
