package io.katydid.http;

/**
 * What must be equal for two requests to share a connection. A key; the hop that opens a connection finds in it where
 * to connect to and how.
 *
 * @param tls null for plain http
 * @param proxy URL of the proxy, or null; normalised text is not needed, equal settings are equal strings
 */
record Route(String host, int port, TlsOptions tls, String proxy) {

  /** Whether requests name the whole URL in the request line. */
  boolean absoluteForm() {
    return proxy != null && tls == null;
  }

  /** As urllib3's error messages name it. */
  String poolName() {
    return (tls == null ? "HTTPConnectionPool" : "HTTPSConnectionPool") + "(host=" + PythonText.repr(host) + ", port="
        + port + ")";
  }
}
