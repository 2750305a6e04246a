package io.katydid.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Makes the server's TLS context from `--tls-cert` and `--tls-key` (PEM files, the key unencrypted). Pure. */
final class TlsKeys {
  private static final Pattern KEY = Pattern.compile("-----BEGIN ((?:RSA |EC |)PRIVATE KEY)-----([^-]*)-----END");
  private static final byte[] RSA_ALGORITHM = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};

  private TlsKeys() {}

  /** @throws IOException with a sentence for the user that names the file */
  static SSLContext context(Path certificateFile, Path keyFile) throws IOException {
    byte[] pem = readable(certificateFile, "--tls-cert");
    String keyText = new String(readable(keyFile, "--tls-key"), StandardCharsets.US_ASCII);
    try {
      Certificate[] chain = CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem)).toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw new IOException("--tls-cert " + certificateFile + " holds no certificate: give a PEM file.");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("web", privateKey(keyFile, keyText), new char[0], chain);
      KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("--tls-cert " + certificateFile + " and --tls-key " + keyFile
          + " cannot be used together: " + e.getMessage() + ". Give a PEM certificate and its key.", e);
    }
  }

  private static byte[] readable(Path file, String option) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException(option + " " + file + " cannot be read: give a readable PEM file.", e);
    }
  }

  private static PrivateKey privateKey(Path file, String text) throws IOException, GeneralSecurityException {
    Matcher pem = KEY.matcher(text);
    if (!pem.find()) {
      throw new IOException("--tls-key " + file + " holds no unencrypted private key: give a PEM file without"
          + " password.");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
    if (pem.group(1).startsWith("EC")) {
      throw new IOException("--tls-key " + file + " is in the old EC format: convert it with 'openssl pkcs8 -topk8 "
          + "-nocrypt'.");
    }
    if (pem.group(1).startsWith("RSA")) {
      der = wrapped(der);
    }
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        // Another kind of key; the next algorithm may know it.
        continue;
      }
    }
    throw new IOException("--tls-key " + file + " is of an unknown kind: give an RSA or EC key.");
  }

  /** PKCS#1 inside PKCS#8: version 0, the algorithm, the key as octet string. */
  private static byte[] wrapped(byte[] pkcs1) throws IOException {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.write(new byte[] {0x02, 0x01, 0x00});
    inner.write(RSA_ALGORITHM);
    inner.write(0x04);
    length(inner, pkcs1.length);
    inner.write(pkcs1);
    ByteArrayOutputStream outer = new ByteArrayOutputStream();
    outer.write(0x30);
    length(outer, inner.size());
    inner.writeTo(outer);
    return outer.toByteArray();
  }

  private static void length(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length & 0xff);
    }
  }
}
