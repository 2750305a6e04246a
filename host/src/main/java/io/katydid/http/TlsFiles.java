package io.katydid.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Reads authorities, certificates and private keys as requests' `verify=` and `cert=` name them: PEM files. */
final class TlsFiles {
  private static final char[] NO_PASSWORD = {};

  private TlsFiles() {}

  /** Checks against the authorities in `caPath` (a file or a folder), or against the JDK's if it is null. */
  static X509ExtendedTrustManager trusted(String caPath) throws GeneralSecurityException, CallFailed {
    KeyStore store = null;
    if (caPath != null) {
      store = emptyStore();
      int count = 0;
      for (Path file : bundle(Path.of(caPath))) {
        for (Certificate certificate : certificates(read(file, caPath))) {
          store.setCertificateEntry("ca" + count++, certificate);
        }
      }
      if (count == 0) {
        throw new CallFailed(Failure.Kind.TLS_FILE, "The CA bundle " + caPath
            + " contains no certificate in PEM form.");
      }
    }
    return trustedBy(store);
  }

  /** Checks against the authorities in a text, or against the JDK's if it is null. */
  static X509ExtendedTrustManager trustedText(String text) throws GeneralSecurityException, CallFailed {
    if (text == null) {
      return trustedBy(null);
    }
    KeyStore store = emptyStore();
    int count = 0;
    for (Certificate certificate : certificates(text)) {
      store.setCertificateEntry("ca" + count++, certificate);
    }
    if (count == 0) {
      throw new CallFailed(Failure.Kind.TLS_FILE, "The root certificates are no certificates in PEM form.");
    }
    return trustedBy(store);
  }

  private static X509ExtendedTrustManager trustedBy(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new CertificateException("The JDK offers no X.509 checks.");
  }

  private static List<Path> bundle(Path path) throws CallFailed {
    if (!Files.exists(path)) {
      throw new CallFailed(Failure.Kind.TLS_FILE,
          "Could not find a suitable TLS CA certificate bundle, invalid path: " + path);
    } else if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new CallFailed(Failure.Kind.TLS_FILE, "Cannot read the folder of CA certificates " + path + ".");
    }
  }

  /** Our certificate chain and key, or null without a `certPath`. */
  static KeyManager[] keys(String certPath, String keyPath) throws GeneralSecurityException, CallFailed {
    if (certPath == null) {
      return null;
    }
    String certText = readNamed(certPath, "Could not find the TLS certificate file, invalid path: ");
    String keyText = keyPath == null ? certText
        : readNamed(keyPath, "Could not find the TLS key file, invalid path: ");
    if (certificates(certText).isEmpty()) {
      throw new CallFailed(Failure.Kind.TLS_FILE, "The file " + certPath + " contains no certificate in PEM form.");
    }
    return keysOf(certText, keyText, keyPath == null ? certPath : keyPath);
  }

  /** @param name where the key is from, for what is said about it */
  static KeyManager[] keysOf(String certText, String keyText, String name) throws GeneralSecurityException, CallFailed {
    List<Certificate> chain = certificates(certText);
    if (chain.isEmpty()) {
      throw new CallFailed(Failure.Kind.TLS_FILE, "The certificate chain is no certificate in PEM form.");
    }
    KeyStore store = emptyStore();
    store.setKeyEntry("client", privateKey(keyText, name), NO_PASSWORD,
        chain.toArray(Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static String readNamed(String path, String missing) throws CallFailed {
    if (!Files.exists(Path.of(path))) {
      throw new CallFailed(Failure.Kind.TLS_FILE, missing + path);
    }
    return read(Path.of(path), path);
  }

  private static String read(Path file, String name) throws CallFailed {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new CallFailed(Failure.Kind.TLS_FILE, "Cannot read " + name + ", check that it is a readable PEM file.");
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return store;
  }

  private static List<Certificate> certificates(String text) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> found = new ArrayList<>();
    for (PemBlock block : PemBlock.all(text)) {
      if (block.label().endsWith("CERTIFICATE")) {
        found.add(factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
      }
    }
    return found;
  }

  private static PrivateKey privateKey(String text, String path) throws GeneralSecurityException, CallFailed {
    for (PemBlock block : PemBlock.all(text)) {
      if (block.encrypted()) {
        throw new CallFailed(Failure.Kind.TLS_FILE,
            "The private key in " + path + " is encrypted; store it without a passphrase.");
      }
      byte[] pkcs8 = block.pkcs8();
      if (pkcs8 != null) {
        return decode(pkcs8);
      }
    }
    throw new CallFailed(Failure.Kind.TLS_FILE, "The file " + path + " contains no private key in PEM form.");
  }

  private static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
    InvalidKeySpecException last = null;
    for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        last = e;
      }
    }
    throw last;
  }
}
