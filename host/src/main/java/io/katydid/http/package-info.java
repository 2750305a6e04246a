/**
 * HTTP as a locustfile's user sees it: one blocking HTTP/1.1 session per user, with cookies, redirects, proxies, TLS
 * and keep-alive. Entry points: {@link io.katydid.http.HttpSession}, {@link io.katydid.http.HttpCall} (what to send) and
 * {@link io.katydid.http.HttpExchange} (what came of it). Framing and parsing buffers are HttpCore's; the rest is ours.
 */
package io.katydid.http;
