package io.katydid.console;

import java.nio.file.Path;

/**
 * Where and how the web UI listens.
 *
 * @param host address to bind, "" for all
 * @param port 0 lets the system choose
 * @param basePath "" or a path that starts with a slash
 * @param login `--web-login`: nothing is answered without a session
 * @param passwordFile lines `user:password`, or null; used when the locustfile has no login form of its own
 * @param passwordText the same as text (from an environment variable), or null
 * @param tlsCertificate PEM file, or null for plain HTTP
 * @param tlsKey PEM file, or null for plain HTTP
 * @param assetFolder `--build-path`: files there are served under `/assets` before the built-in ones; or null
 */
public record WebSettings(
    String host,
    int port,
    String basePath,
    boolean login,
    Path passwordFile,
    String passwordText,
    Path tlsCertificate,
    Path tlsKey,
    Path assetFolder) {

  /** Plain HTTP without login. */
  public static WebSettings plain(String host, int port) {
    return new WebSettings(host, port, "", false, null, null, null, null, null);
  }
}
