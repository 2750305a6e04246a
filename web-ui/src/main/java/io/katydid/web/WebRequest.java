package io.katydid.web;

import java.util.List;
import java.util.Map;

/**
 * A request as routes see it: read completely, limits checked. Before the body has come it and its form are empty.
 *
 * @param method upper case
 * @param path decoded, without the base path; begins with a slash
 * @param rawQuery without the question mark, "" if there is none
 * @param headers names in lower case
 * @param form fields of an urlencoded or multipart body; empty otherwise
 * @param session the browser's session, or null if it has none
 */
record WebRequest(
    String method,
    String path,
    String rawQuery,
    Form query,
    Map<String, List<String>> headers,
    byte[] body,
    Form form,
    String remoteAddress,
    boolean secure,
    Sessions.Session session) {

  /** The header's first value, or null. */
  String header(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.getFirst();
  }

  /** The same with its body. */
  WebRequest with(byte[] content) {
    return new WebRequest(method, path, rawQuery, query, headers, content,
        BodyReader.form(header("content-type"), content), remoteAddress, secure, session);
  }
}
