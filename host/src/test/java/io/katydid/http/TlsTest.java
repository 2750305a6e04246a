package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.StandardConstants;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS: checks on and off, own authorities, client certificates in all PEM forms, and what Python would say. */
class TlsTest {
  @TempDir static Path folder;

  private static TestCertificates forAddress;
  private static TestCertificates forName;
  private static TestCertificates clientRsa;
  private static TestCertificates clientEc;

  private final HttpSession session = new HttpSession(SessionSettings.DEFAULTS);

  @BeforeAll
  static void makeCertificates() throws Exception {
    forAddress = new TestCertificates(folder, "EC", "-ext", "san=ip:127.0.0.1");
    forName = new TestCertificates(folder, "EC", "-ext", "san=dns:other.example");
    clientRsa = new TestCertificates(folder, "RSA");
    clientEc = new TestCertificates(folder, "EC", "-groupname", "secp256r1");
  }

  private static RawServer server(SSLContext context, boolean askClient) throws IOException {
    SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    listener.setNeedClientAuth(askClient);
    return new RawServer(listener, (request, out) -> {
      out.write(RawServer.ok("secret").getBytes());
      return true;
    });
  }

  private static String url(RawServer server) {
    return "https://127.0.0.1:" + server.port() + "/";
  }

  private static String file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "x", ".pem"), text).toString();
  }

  private HttpExchange get(RawServer server, TlsOptions options) {
    return session.execute(new HttpCall("GET", url(server)).tls(options).timeouts(10_000, 10_000));
  }

  @Test
  void withoutChecksAnyCertificateWillDoAndTheConnectionIsKept() throws Exception {
    try (RawServer server = server(forName.server(null), false)) {
      assertEquals("secret", get(server, TlsOptions.INSECURE).reply().text());
      assertEquals("secret", get(server, TlsOptions.INSECURE).reply().text());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void theServerIsToldTheNameAlsoWhenItHasNoDot() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    SSLServerSocket listener = (SSLServerSocket) forName.server(null).getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    SSLParameters parameters = listener.getSSLParameters();
    parameters.setSNIMatchers(List.of(new SNIMatcher(StandardConstants.SNI_HOST_NAME) {
      @Override
      public boolean matches(SNIServerName name) {
        told.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
        return true;
      }
    }));
    listener.setSSLParameters(parameters);
    try (RawServer server = new RawServer(listener, (request, out) -> {
      out.write(RawServer.ok("secret").getBytes());
      return true;
    })) {
      String url = "https://localhost:" + server.port() + "/";
      HttpCall call = new HttpCall("GET", url).tls(TlsOptions.INSECURE).timeouts(10_000, 10_000);
      assertEquals("secret", session.execute(call).reply().text());
      assertEquals("secret", get(server, TlsOptions.INSECURE).reply().text());
    }
    assertEquals(List.of("localhost"), told);
  }

  @Test
  void withChecksASelfSignedCertificateIsRefused() throws Exception {
    try (RawServer server = server(forAddress.server(null), false)) {
      Failure failure = get(server, TlsOptions.VERIFY).failure();
      assertEquals(Failure.Kind.TLS, failure.kind());
      assertEquals("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate",
          failure.message());
    }
  }

  @Test
  void anOwnAuthorityIsTrustedAsFileAndAsFolder() throws Exception {
    String ca = file(forAddress.certificatePem());
    Path folderOfOne = Files.createDirectory(folder.resolve("cas"));
    Files.copy(Path.of(ca), folderOfOne.resolve("ca.pem"));
    try (RawServer server = server(forAddress.server(null), false)) {
      assertEquals("secret", get(server, new TlsOptions(true, ca, null, null)).reply().text());
      assertEquals("secret", get(server, new TlsOptions(true, folderOfOne.toString(), null, null)).reply().text());
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws Exception {
    String ca = file(forName.certificatePem());
    try (RawServer server = server(forName.server(null), false)) {
      assertEquals("secret", get(server, new TlsOptions(true, false, ca, null, null)).reply().text());
      Failure failure = get(server, new TlsOptions(true, ca, null, null)).failure();
      assertEquals("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: IP address mismatch, certificate is "
          + "not valid for '127.0.0.1'.", failure.message());
    }
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    TestCertificates old = new TestCertificates(folder, "EC", "-ext", "san=ip:127.0.0.1", "-startdate", "-90d");
    try (RawServer server = server(old.server(null), false)) {
      Failure failure = get(server, new TlsOptions(true, file(old.certificatePem()), null, null)).failure();
      assertEquals("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired",
          failure.message());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkcs8", "pkcs1", "sec1", "one file"})
  void clientCertificatesAreShown(String form) throws Exception {
    TestCertificates client = form.equals("sec1") ? clientEc : clientRsa;
    TlsOptions options = switch (form) {
      case "pkcs8" -> new TlsOptions(false, null, file(client.certificatePem()), file(client.keyPem()));
      case "pkcs1" -> new TlsOptions(false, null, file(client.certificatePem()), file(client.rsaKeyPem()));
      case "sec1" -> new TlsOptions(false, null, file(client.certificatePem()), file(client.ecKeyPem()));
      default -> new TlsOptions(false, null, file(client.keyPem() + client.certificatePem()), null);
    };
    try (RawServer server = server(forAddress.server(client), true)) {
      HttpExchange done = get(server, options);
      assertNull(done.failure());
      assertEquals("secret", done.reply().text());
      assertNotNull(get(server, TlsOptions.INSECURE).failure());
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws Exception {
    String cert = file(clientRsa.certificatePem());
    String locked = file("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    try (RawServer server = server(forAddress.server(null), false)) {
      assertFile(server, new TlsOptions(true, "/no/ca", null, null),
          "Could not find a suitable TLS CA certificate bundle, invalid path: /no/ca");
      assertFile(server, new TlsOptions(true, null, "/no/cert", null),
          "Could not find the TLS certificate file, invalid path: /no/cert");
      assertFile(server, new TlsOptions(true, null, cert, "/no/key"),
          "Could not find the TLS key file, invalid path: /no/key");
      assertFile(server, new TlsOptions(true, null, cert, null),
          "The file " + cert + " contains no private key in PEM form.");
      assertFile(server, new TlsOptions(true, null, cert, locked),
          "The private key in " + locked + " is encrypted; store it without a passphrase.");
    }
  }

  private void assertFile(RawServer server, TlsOptions options, String message) {
    Failure failure = get(server, options).failure();
    assertEquals(Failure.Kind.TLS_FILE, failure.kind());
    assertEquals(message, failure.message());
  }

  @Test
  void aHandshakeThatDoesNotEndIsAReadTimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "https://127.0.0.1:" + silent.getLocalPort() + "/";
      Failure failure = session.execute(new HttpCall("GET", url).timeouts(200, 5000)).failure();
      assertEquals(Failure.Kind.READ_TIMEOUT, failure.kind());
      assertEquals("HTTPSConnectionPool(host='127.0.0.1', port=" + silent.getLocalPort()
          + "): Read timed out. (read timeout=0.2)", failure.message());
      assertEquals(200, failure.timeoutMs());
    }
  }

  @Test
  void aServerThatSpeaksNoTlsIsATlsFailure() throws Exception {
    Failure failure;
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> {
        try (Socket socket = listener.accept()) {
          socket.getInputStream().read();
          socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
          socket.shutdownOutput();
          socket.getInputStream().readAllBytes();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      });
      failure = session.execute(new HttpCall("GET", "https://127.0.0.1:" + listener.getLocalPort() + "/")).failure();
    }
    assertEquals(Failure.Kind.TLS, failure.kind());
    assertEquals("[SSL: WRONG_VERSION_NUMBER] wrong version number", failure.message());
  }
}
