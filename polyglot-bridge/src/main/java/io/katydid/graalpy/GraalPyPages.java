package io.katydid.graalpy;

import io.katydid.script.ScriptPages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Value;

/**
 * What the locustfile adds to the web UI: forwards to the Python module {@code locust.web}. Called by web threads; each
 * call takes the context's gate. Bodies travel as ISO-8859-1 text, one character a byte.
 */
final class GraalPyPages implements ScriptPages {
  private static final String WEB = "locust.web";

  private final PythonContext context;

  GraalPyPages(PythonContext context) {
    this.context = context;
  }

  @Override
  public Reply route(Request request) {
    return context.call(
        () -> {
          Value answer = web().invokeMember(
              "route", request.method(), request.path(), request.query(), request.headers(), text(request.body()),
              request.remoteAddress(), request.session());
          return answer.isNull() ? null : reply(answer);
        });
  }

  @Override
  public boolean mayWatchReplies() {
    // Without such a function at all, Python's lock is left to the users.
    return context.host().repliesWatched();
  }

  @Override
  public boolean watchesReplies() {
    return mayWatchReplies() && context.call(() -> web().invokeMember("watches_replies").asBoolean());
  }

  @Override
  public Reply after(Request request, Reply reply) {
    List<List<String>> fields =
        reply.headers().stream().map(field -> List.of(field.getKey(), field.getValue())).toList();
    return context.call(
        () -> reply(web().invokeMember(
            "after", request.method(), request.path(), request.query(), request.headers(), text(request.body()),
            request.remoteAddress(), request.session(), reply.status(), fields, text(reply.body()))));
  }

  @Override
  public Map<String, Object> templateArgs() {
    return context.call(() -> PlainData.map(web().invokeMember("template_args")));
  }

  @Override
  public Map<String, Object> authArgs() {
    return context.call(() -> PlainData.map(web().invokeMember("auth_args")));
  }

  @Override
  public boolean hostRequired() {
    return context.call(() -> web().invokeMember("host_is_required").asBoolean());
  }

  private Value web() {
    return context.module(WEB);
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  private static Reply reply(Value answer) {
    List<?> parts = (List<?>) PlainData.toJava(answer);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (Object field : (List<?>) parts.get(1)) {
      List<?> pair = (List<?>) field;
      headers.add(Map.entry((String) pair.get(0), (String) pair.get(1)));
    }
    return new Reply(((Number) parts.get(0)).intValue(), headers, (byte[]) parts.get(2), map(parts.get(3)),
        map(parts.get(4)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
