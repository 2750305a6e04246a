package io.katydid.http;

import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate and its key, made by the JDK's keytool, in all the forms the tests need. */
final class TestCertificates {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final byte[] P256 = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07};

  final KeyStore store;

  /** @param algorithm RSA or EC, @param arguments for keytool, such as `-ext san=ip:127.0.0.1` */
  TestCertificates(Path folder, String algorithm, String... arguments) throws Exception {
    Path file = folder.resolve(algorithm + arguments.length + System.nanoTime() + ".p12");
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool", "-genkeypair",
        "-alias", "k", "-keyalg", algorithm, "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass",
        new String(PASSWORD), "-dname", "CN=katydid test", "-validity", "30"));
    command.addAll(List.of(arguments));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
    store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
  }

  /** A server's context that shows this certificate and, unless null, asks clients for that other one. */
  SSLContext server(TestCertificates client) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD);
    TrustManager[] trust = null;
    if (client != null) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("c", client.store.getCertificate("k"));
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trusted);
      trust = factory.getTrustManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] managers = keys.getKeyManagers();
    context.init(managers, trust, null);
    return context;
  }

  String certificatePem() throws Exception {
    return pem("CERTIFICATE", store.getCertificate("k").getEncoded());
  }

  /** PKCS#8. */
  String keyPem() throws Exception {
    return pem("PRIVATE KEY", key().getEncoded());
  }

  /** PKCS#1: what is inside PKCS#8 after version and algorithm. */
  String rsaKeyPem() throws Exception {
    byte[] pkcs8 = key().getEncoded();
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
  }

  /** SEC1 with the curve P-256 named, as openssl writes it. */
  String ecKeyPem() throws Exception {
    byte[] s = new BigInteger(1, ((ECPrivateKey) key()).getS().toByteArray()).toByteArray();
    byte[] der = new byte[5 + 2 + 32 + 2 + P256.length];
    der[0] = 0x30;
    der[1] = (byte) (der.length - 2);
    der[2] = 0x02;
    der[3] = 0x01;
    der[4] = 0x01;
    der[5] = 0x04;
    der[6] = 32;
    int length = Math.min(s.length, 32);
    System.arraycopy(s, s.length - length, der, 39 - length, length);
    der[39] = (byte) 0xa0;
    der[40] = (byte) P256.length;
    System.arraycopy(P256, 0, der, 41, P256.length);
    return pem("EC PARAMETERS", P256) + pem("EC PRIVATE KEY", der);
  }

  private PrivateKey key() throws Exception {
    return (PrivateKey) store.getKey("k", PASSWORD);
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END " + label + "-----\n";
  }
}
