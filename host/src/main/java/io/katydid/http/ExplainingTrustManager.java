package io.katydid.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The JDK's checks of certificate and name, with a refusal explained in the words of Python's ssl module. A certificate
 * that is its own authority is checked for its dates too, which the JDK leaves out. Any thread.
 */
final class ExplainingTrustManager extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager checks;

  ExplainingTrustManager(X509ExtendedTrustManager checks) {
    this.checks = checks;
  }

  /** The server's certificate was refused; the message is what Python would say. */
  static final class Rejected extends CertificateException {
    private static final long serialVersionUID = 1;

    Rejected(String message, CertificateException cause) {
      super(message, cause);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
    try {
      checks.checkServerTrusted(chain, authType, socket);
      chain[0].checkValidity();
    } catch (CertificateException e) {
      String host = socket instanceof SSLSocket tls && tls.getHandshakeSession() != null
          ? tls.getHandshakeSession().getPeerHost() : "";
      throw new Rejected("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: " + reason(e, chain, host), e);
    }
  }

  private static String reason(CertificateException e, X509Certificate[] chain, String host) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return "certificate has expired";
      } else if (cause instanceof CertificateNotYetValidException) {
        return "certificate is not yet valid";
      }
    }
    String text = String.valueOf(e.getMessage());
    if (text.contains("PKIX path")) {
      X509Certificate top = chain[chain.length - 1];
      boolean selfSigned = top.getSubjectX500Principal().equals(top.getIssuerX500Principal());
      return !selfSigned ? "unable to get local issuer certificate"
          : chain.length == 1 ? "self-signed certificate" : "self-signed certificate in certificate chain";
    } else if (text.contains("subject alternative") || text.contains("No name matching")) {
      boolean address = host.indexOf(':') >= 0 || !host.isEmpty() && Character.isDigit(host.charAt(host.length() - 1));
      return address ? "IP address mismatch, certificate is not valid for '" + host + "'."
          : "Hostname mismatch, certificate is not valid for '" + host + "'.";
    }
    return text;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checks.checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
    checks.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
    checks.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checks.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
    checks.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return checks.getAcceptedIssuers();
  }
}
