package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests through an http proxy: whole URL for http, a tunnel for https. */
class ProxyTest {
  private static HttpSession through(String proxy) {
    return new HttpSession(SessionSettings.DEFAULTS.withTls(TlsOptions.INSECURE).withProxies(proxy, proxy));
  }

  @Test
  void httpRequestsNameTheWholeUrlAndCredentialsOfTheProxy() throws Exception {
    try (RawServer proxy = RawServer.replying(RawServer.ok("from afar"))) {
      HttpSession session = through("http://me:pw@127.0.0.1:" + proxy.port());
      HttpExchange done = session.execute(new HttpCall("GET", "http://far.example/a?b#c"));
      session.execute(new HttpCall("GET", "http://far.example/2"));
      assertEquals("from afar", done.reply().text());
      RawServer.Request request = proxy.requests.getFirst();
      assertEquals("GET http://far.example/a?b HTTP/1.1", request.line());
      assertEquals("far.example", request.header("host"));
      assertEquals("Basic bWU6cHc=", request.header("proxy-authorization"));
      assertEquals(1, proxy.connections());
    }
  }

  @Test
  void aCallCanHaveItsOwnProxyOrNone() throws Exception {
    try (RawServer proxy = RawServer.replying(RawServer.ok("proxy")); RawServer direct = RawServer.replying(
        RawServer.ok("direct"))) {
      String address = "127.0.0.1:" + proxy.port();
      assertEquals("direct", through(address).execute(new HttpCall("GET", direct.url("/")).proxies(null, null)).reply()
          .text());
      assertEquals("proxy", new HttpSession(SessionSettings.DEFAULTS).execute(
          new HttpCall("GET", direct.url("/")).proxies(address, null)).reply().text());
    }
  }

  @Test
  void httpsRequestsGoThroughATunnel(@TempDir Path folder) throws Exception {
    SSLServerSocket listener = (SSLServerSocket) new TestCertificates(folder, "EC").server(null)
        .getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    try (RawServer server = new RawServer(listener, (request, out) -> {
      out.write(RawServer.ok("secret").getBytes());
      return true;
    }); ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      StringBuffer asked = new StringBuffer();
      Thread.ofVirtual().start(() -> tunnel(proxy, server.port(), asked));
      HttpSession session = through("http://me:pw@127.0.0.1:" + proxy.getLocalPort());
      HttpExchange done = session.execute(new HttpCall("GET", "https://far.example:8443/x"));
      assertNull(done.failure());
      assertEquals("secret", done.reply().text());
      assertEquals("GET /x HTTP/1.1", server.requests.getFirst().line());
      assertNull(server.requests.getFirst().header("proxy-authorization"));
      assertEquals("CONNECT far.example:8443 HTTP/1.1\r\nHost: far.example:8443\r\n"
          + "Proxy-Authorization: Basic bWU6cHc=\r\n\r\n", asked.toString());
    }
  }

  private static void tunnel(ServerSocket proxy, int port, StringBuffer asked) {
    try (Socket client = proxy.accept(); Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      InputStream in = client.getInputStream();
      while (!asked.toString().endsWith("\r\n\r\n")) {
        asked.append((char) in.read());
      }
      client.getOutputStream().write("HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n".getBytes());
      Thread back = Thread.ofVirtual().start(() -> copy(server, client));
      copy(client, server);
      back.join();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Socket from, Socket to) {
    try (OutputStream out = to.getOutputStream()) {
      from.getInputStream().transferTo(out);
    } catch (IOException e) {
      // One of the two has gone, so the other one may.
    }
  }

  @Test
  void aProxyThatRefusesIsAProxyFailure() throws Exception {
    try (RawServer proxy = RawServer.replying(
        "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")) {
      Failure failure = through("127.0.0.1:" + proxy.port()).execute(new HttpCall("GET", "https://far.example/"))
          .failure();
      assertEquals(Failure.Kind.PROXY, failure.kind());
      assertEquals("Tunnel connection failed: 407 Proxy Authentication Required", failure.message());
    }
  }

  @Test
  void aProxyThatIsNotThereIsAProxyFailure() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Failure failure = through("127.0.0.1:" + port).execute(new HttpCall("GET", "http://far.example/")).failure();
    assertEquals(Failure.Kind.PROXY, failure.kind());
    assertEquals("Unable to connect to proxy: Connection refused", failure.message());
    assertEquals(111, failure.errno());
  }

  @Test
  void otherKindsOfProxiesAreDeclinedWithASentence() {
    Failure socks = through("socks5://127.0.0.1:1").execute(new HttpCall("GET", "http://far.example/")).failure();
    assertEquals("SOCKS proxies are not supported, use an http proxy instead of socks5://127.0.0.1:1", socks.message());
    Failure tls = through("https://127.0.0.1:1").execute(new HttpCall("GET", "http://far.example/")).failure();
    assertEquals("Proxies spoken to with TLS are not supported, use http:// for https://127.0.0.1:1", tls.message());
  }
}
