package io.katydid.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An answer before it is written. Immutable; headers keep their order.
 *
 * @param packed the same body for those who accept gzip, or null
 */
record WebReply(int status, List<Map.Entry<String, String>> headers, byte[] body, Packed packed) {

  WebReply(int status, List<Map.Entry<String, String>> headers, byte[] body) {
    this(status, headers, body, null);
  }

  static WebReply text(int status, String contentType, String body) {
    return new WebReply(
        status, List.of(Map.entry("Content-Type", contentType)), body.getBytes(StandardCharsets.UTF_8));
  }

  static WebReply json(Object tree) {
    return text(200, "application/json", Json.pretty(tree));
  }

  static WebReply html(String body) {
    return text(200, "text/html; charset=utf-8", body);
  }

  /** What the UI says when a request cannot be served: the sentence alone, as HTML-free text. */
  static WebReply error(int status, String sentence) {
    return text(status, "text/html; charset=utf-8", Html.escapeText(sentence));
  }

  static WebReply redirect(int status, String location) {
    return text(status, "text/html; charset=utf-8", "").with("Location", location);
  }

  static WebReply page(int status, String title, String sentence) {
    return text(
        status,
        "text/html; charset=utf-8",
        "<!doctype html>\n<html lang=en>\n<title>" + status + " " + title + "</title>\n<h1>" + title + "</h1>\n<p>"
            + Html.escape(sentence) + "</p>\n");
  }

  WebReply with(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    // What is packed keeps its headers beside it: other headers, another one.
    return new WebReply(status, List.copyOf(more), body, packed == null ? null : new Packed(body));
  }

  /** The same for many clients: those who accept gzip get it compressed. */
  WebReply withGzip() {
    return new WebReply(status, headers, body, new Packed(body));
  }

  String header(String name) {
    for (Map.Entry<String, String> header : headers) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return null;
  }
}
