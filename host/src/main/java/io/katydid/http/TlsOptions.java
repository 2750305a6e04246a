package io.katydid.http;

/**
 * How a TLS connection is checked and which certificate we show. A key of caches, so two equal options share one
 * context and its sessions.
 *
 * @param verify whether the server's certificate is checked
 * @param names whether it must also be for the name that was asked for; only where certificates are checked
 * @param caPath PEM file (or folder of PEM files) of trusted authorities, or null for the JDK's
 * @param certPath PEM file with our certificate chain, or null for none
 * @param keyPath PEM file with our private key, or null if it is in `certPath` too
 */
public record TlsOptions(boolean verify, boolean names, String caPath, String certPath, String keyPath) {
  public static final TlsOptions VERIFY = new TlsOptions(true, null, null, null);
  public static final TlsOptions INSECURE = new TlsOptions(false, null, null, null);

  public TlsOptions {
    names &= verify;
  }

  /** With names checked, if certificates are. */
  public TlsOptions(boolean verify, String caPath, String certPath, String keyPath) {
    this(verify, true, caPath, certPath, keyPath);
  }
}
