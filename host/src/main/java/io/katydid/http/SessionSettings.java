package io.katydid.http;

/**
 * What all calls of one session have in common unless the call says otherwise.
 *
 * @param tls checks and certificates
 * @param httpProxy proxy for http URLs, or null
 * @param httpsProxy proxy for https URLs, or null
 * @param rules whose rules it follows
 * @param maxBodyBytes a reply with a larger body, encoded or decoded, fails instead of filling the heap
 * @param names where names lead
 */
public record SessionSettings(
    TlsOptions tls, String httpProxy, String httpsProxy, ClientRules rules, int maxBodyBytes,
    NameLookup names) {
  public static final int DEFAULT_MAX_BODY_BYTES = 512 * 1024 * 1024;

  public static final SessionSettings DEFAULTS =
      new SessionSettings(TlsOptions.VERIFY, null, null, ClientRules.REQUESTS, DEFAULT_MAX_BODY_BYTES,
          NameLookup.SYSTEM);

  public SessionSettings withTls(TlsOptions options) {
    return new SessionSettings(options, httpProxy, httpsProxy, rules, maxBodyBytes, names);
  }

  public SessionSettings withProxies(String forHttp, String forHttps) {
    return new SessionSettings(tls, forHttp, forHttps, rules, maxBodyBytes, names);
  }

  public SessionSettings withRules(ClientRules chosen) {
    return new SessionSettings(tls, httpProxy, httpsProxy, chosen, maxBodyBytes, names);
  }

  public SessionSettings withMaxBodyBytes(int bytes) {
    return new SessionSettings(tls, httpProxy, httpsProxy, rules, bytes, names);
  }

  public SessionSettings withNames(NameLookup lookup) {
    return new SessionSettings(tls, httpProxy, httpsProxy, rules, maxBodyBytes, lookup);
  }
}
