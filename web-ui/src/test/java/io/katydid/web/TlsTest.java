package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.console.WebConsole;
import io.katydid.console.WebSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** `--tls-cert` and `--tls-key` with the kinds of keys people have. */
final class TlsTest {
  @TempDir
  Path folder;

  private KeyStore store;

  private WebSettings settings(String algorithm, boolean oldFormat) throws Exception {
    Path file = folder.resolve("store.p12");
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "a",
                "-keyalg",
            algorithm, "-dname", "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12",
            "-keystore", file.toString(), "-storepass", "changeit")
        .redirectErrorStream(true)
        .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, keytool.waitFor(), said);
    store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "changeit".toCharArray());
    }
    byte[] key = store.getKey("a", "changeit".toCharArray()).getEncoded();
    String name = "PRIVATE KEY";
    if (oldFormat) {
      key = Arrays.copyOfRange(key, 26, key.length);
      name = "RSA PRIVATE KEY";
    }
    Path certificate = write("cert.pem", "CERTIFICATE", store.getCertificate("a").getEncoded());
    return new WebSettings("127.0.0.1", 0, "", false, null, null, certificate, write("key.pem", name, key), null);
  }

  private Path write(String file, String name, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(folder.resolve(file), "-----BEGIN " + name + "-----\n" + body + "\n-----END " + name
        + "-----\n");
  }

  @ParameterizedTest
  @CsvSource({"RSA,false", "RSA,true", "EC,false"})
  void answersOverHttpsOnly(String algorithm, boolean oldFormat) throws Exception {
    try (WebConsole.Running running = new JettyWebConsole().start(new FakeConsole(), settings(algorithm, oldFormat))) {
      TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("a", store.getCertificate("a"));
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + running.port() + "/worker-count")).build();
        HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, reply.statusCode());
      }
      try (Socket plain = new Socket("127.0.0.1", running.port())) {
        plain.setSoTimeout(20_000);
        plain.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertTrue(!readable(plain).contains("HTTP/1.1 200"), "a plain request gets no page");
      }
    }
  }

  private static String readable(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketException e) {
      // The server reset the connection: no answer, as it should be.
      all.writeBytes(new byte[0]);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void unusableFilesAreNamed() throws Exception {
    WebSettings good = settings("RSA", false);
    Path nothing = folder.resolve("missing.pem");
    Path noKey = Files.writeString(folder.resolve("empty.pem"), "nothing");
    assertSentence("--tls-key " + nothing + " cannot be read", good.tlsCertificate(), nothing);
    assertSentence("--tls-key " + noKey + " holds no unencrypted private key", good.tlsCertificate(), noKey);
    assertSentence("--tls-cert " + noKey, noKey, good.tlsKey());
  }

  private static void assertSentence(String beginning, Path certificate, Path key) {
    WebSettings settings = new WebSettings("127.0.0.1", 0, "", false, null, null, certificate, key, null);
    IOException failure = assertThrows(IOException.class, () -> new JettyWebConsole().start(new FakeConsole(),
        settings));
    assertTrue(failure.getMessage().startsWith(beginning), failure.getMessage());
  }
}
