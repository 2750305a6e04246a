package io.katydid.web;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.util.Attributes;

/** Reads the form fields of a body or a query, urlencoded or multipart. Stateless; on web threads. */
final class BodyReader {
  /** Larger bodies are refused with 413. A form with thousands of user classes needs a few hundred kilobytes. */
  static final int MAX_BODY_BYTES = 2 * 1024 * 1024;

  static final int MAX_FIELDS = 10_000;

  private static final Pattern NO_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private BodyReader() {}

  /** The fields of the body; none if its type is no form. */
  static Form form(String contentType, byte[] body) {
    Form form = new Form();
    if (contentType == null || body.length == 0) {
      return form;
    }
    String type = contentType.toLowerCase(java.util.Locale.ROOT);
    if (type.startsWith("application/x-www-form-urlencoded")) {
      decode(new String(body, StandardCharsets.UTF_8), form);
    } else if (type.startsWith("multipart/form-data")) {
      multipart(contentType, body, form);
    }
    return form;
  }

  /** The fields of a query string. */
  static Form query(String raw) {
    Form form = new Form();
    decode(raw, form);
    return form;
  }

  private static void decode(String text, Form form) {
    int fields = 0;
    for (String pair : text.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      if (++fields > MAX_FIELDS) {
        throw tooManyFields();
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      form.add(decoded(name), decoded(value));
    }
  }

  /** A percent sign that begins no escape stands for itself, as in all versions of Locust: `profile=50%`. */
  private static String decoded(String text) {
    return URLDecoder.decode(NO_ESCAPE.matcher(text).replaceAll("%25"), StandardCharsets.UTF_8);
  }

  private static HttpException.RuntimeException tooManyFields() {
    return new HttpException.RuntimeException(413, "The form has more than " + MAX_FIELDS + " fields.");
  }

  private static void multipart(String contentType, byte[] body, Form form) {
    MultiPartConfig config = new MultiPartConfig.Builder()
        .maxParts(MAX_FIELDS)
        .maxSize(MAX_BODY_BYTES)
        .maxPartSize(MAX_BODY_BYTES)
        .maxMemoryPartSize(MAX_BODY_BYTES)
        .useFilesForPartsWithoutFileName(false)
        .build();
    try (MultiPartFormData.Parts parts = MultiPartFormData.from(
            new ByteBufferContentSource(ByteBuffer.wrap(body)), new Attributes.Mapped(), contentType, config)
        .join()) {
      for (MultiPart.Part part : parts) {
        if (part.getName() != null && part.getFileName() == null) {
          form.add(part.getName(), part.getContentAsString(StandardCharsets.UTF_8));
        }
      }
    } catch (RuntimeException e) {
      throw new HttpException.RuntimeException(400, "The multipart form cannot be read; check how it was built.");
    }
  }
}
