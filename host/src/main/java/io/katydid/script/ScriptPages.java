package io.katydid.script;

import java.util.List;
import java.util.Map;

/**
 * What a locustfile adds to the web UI through `environment.web_ui`: routes, additions to the page, a login form.
 * Methods are called on a web thread and may block while the script runs; calls may come at the same time.
 */
public interface ScriptPages {

  /** The locustfile adds nothing. */
  ScriptPages NONE = new ScriptPages() {
    @Override
    public boolean mayWatchReplies() {
      return false;
    }
  };

  /** Offers a request that no built-in route answers; null if the script has no route for it either. */
  default Reply route(Request request) {
    return null;
  }

  /** False if {@link #watchesReplies} is certainly false. Never waits: asked with every answer. */
  default boolean mayWatchReplies() {
    return true;
  }

  /** True if {@link #after} wants to see the answers of built-in routes (Flask's `after_request`). */
  default boolean watchesReplies() {
    return false;
  }

  /** Lets the script change the answer of a built-in route; the answer itself when it does not care. */
  default Reply after(Request request, Reply reply) {
    return reply;
  }

  /** `web_ui.template_args` entries set by the script: Strings, Numbers, Booleans, Lists, Maps. */
  default Map<String, Object> templateArgs() {
    return Map.of();
  }

  /** `locust.web.HOST_IS_REQUIRED`. */
  default boolean hostRequired() {
    return false;
  }

  /** `web_ui.auth_args`, or an empty map if the script has no login form. */
  default Map<String, Object> authArgs() {
    return Map.of();
  }

  /**
   * One request. The session belongs to the browser, is kept on the server, and holds `_user_id` once somebody has
   * logged in (as Flask-Login does).
   *
   * @param path decoded, with the base path: the script's rules say where they are, as with Flask
   * @param query the raw query string, "" if there is none
   * @param headers names in lower case
   */
  record Request(
      String method,
      String path,
      String query,
      Map<String, List<String>> headers,
      byte[] body,
      String remoteAddress,
      Map<String, Object> session) {}

  /**
   * One answer.
   *
   * @param headers in order, names as the script wrote them
   * @param session what the browser's session becomes, or null to leave it
   * @param indexArgs not null: answer with the index page and these additional template arguments instead of the body
   */
  record Reply(
      int status, List<Map.Entry<String, String>> headers, byte[] body, Map<String, Object> session,
      Map<String, Object> indexArgs) {}
}
