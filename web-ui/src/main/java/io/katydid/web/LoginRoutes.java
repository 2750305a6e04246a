package io.katydid.web;

import io.katydid.console.TestConsole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * `/login` and `/logout`: the locustfile's form (`web_ui.auth_args`) if it has one, else our own, checked against the
 * password file. Called by web threads.
 */
final class LoginRoutes {
  /** What an input of a custom form may be besides text. */
  private static final Set<String> INPUT_TYPES =
      Set.of("date", "datetime-local", "email", "month", "number", "password", "tel", "time", "url", "week");

  private final TestConsole console;
  private final String basePath;
  private final Sessions sessions;
  private final Passwords passwords;
  private final LoginThrottle throttle;
  private final Gatekeeper gatekeeper;

  LoginRoutes(
      TestConsole console,
      String basePath,
      Sessions sessions,
      Passwords passwords,
      LoginThrottle throttle,
      Gatekeeper gatekeeper) {
    this.console = console;
    this.basePath = basePath;
    this.sessions = sessions;
    this.passwords = passwords;
    this.throttle = throttle;
    this.gatekeeper = gatekeeper;
  }

  void addTo(Routes routes) {
    routes.open("/login", List.of("GET", "POST"), this::login);
    routes.post("/logout", this::logout);
  }

  private WebReply login(WebRequest request) {
    if (!gatekeeper.loginNeeded()) {
      return WebReply.redirect(302, basePath + "/");
    }
    Map<String, Object> authArgs = console.pages().authArgs();
    if (authArgs.isEmpty() && passwords.isEmpty()) {
      return WebReply.html("Locust auth exception: nobody can log in. Name a password file, or give the locustfile a "
          + "login form (environment.web_ui.auth_args), or remove --web-login.");
    }
    if (request.method().equals("POST") && !passwords.isEmpty()) {
      return submit(request, authArgs);
    }
    Sessions.Session session = request.session();
    boolean fresh = session == null;
    if (fresh) {
      session = sessions.create(Map.of());
    }
    WebReply page = form(session, authArgs, request.query().first("next", ""), null);
    return fresh ? page.with("Set-Cookie", gatekeeper.cookie(session, request.secure())) : page;
  }

  private WebReply submit(WebRequest request, Map<String, Object> authArgs) {
    boolean known = request.session() != null && request.session().loggedIn();
    if (!known && !throttle.mayTry(request.remoteAddress())) {
      return Gatekeeper.tooManyTries();
    }
    Sessions.Session session = request.session();
    String next = request.form().first("next", "");
    if (session == null || !Gatekeeper.tokenMatches(request, session)) {
      Sessions.Session fresh = sessions.create(Map.of());
      return form(fresh, authArgs, next, "The form was too old. Please try again.")
          .with("Set-Cookie", gatekeeper.cookie(fresh, request.secure()));
    }
    String user = request.form().first("username", "");
    if (!passwords.accepts(user, request.form().first("password", ""))) {
      throttle.failed(request.remoteAddress());
      WebReply page = form(session, authArgs, next, "The user name or the password is wrong.");
      return new WebReply(401, page.headers(), page.body());
    }
    throttle.succeeded(request.remoteAddress());
    sessions.end(session);
    Sessions.Session loggedIn = sessions.create(Map.of(Sessions.USER, user));
    return WebReply.redirect(303, ownAddress(next))
        .with("Set-Cookie", gatekeeper.cookie(loggedIn, request.secure()));
  }

  private WebReply logout(WebRequest request) {
    if (request.session() != null) {
      sessions.end(request.session());
    }
    return WebReply.redirect(303, basePath + "/login");
  }

  /** Where to go after the login: only ever a path of this server. */
  private String ownAddress(String next) {
    boolean own = next.startsWith(basePath + "/") && !next.startsWith("//") && next.indexOf('\\') < 0
        && next.chars().allMatch(c -> c > ' ' && c < 127);
    return own ? next : basePath + "/";
  }

  private WebReply form(Sessions.Session session, Map<String, Object> authArgs, String next, String error) {
    Map<String, Object> args = new LinkedHashMap<>(authArgs);
    if (error != null) {
      args.put("error", error);
    } else if (session.data().get("auth_error") != null) {
      args.put("error", session.data().get("auth_error"));
    }
    if (session.data().get("auth_info") != null) {
      args.put("info", session.data().get("auth_info"));
    }
    String title = String.valueOf(args.getOrDefault("title", "Katydid"));
    String script = "window.authArgs = " + Json.forScript(args) + ";";
    StringBuilder body = new StringBuilder();
    body.append("<h1>").append(Html.escape(title)).append("</h1>");
    message(body, "error", args.get("error"));
    message(body, "info", args.get("info"));
    if (!passwords.isEmpty()) {
      body.append("<form method=post action=\"").append(Html.escape(basePath)).append("/login\">");
      hidden(body, Gatekeeper.TOKEN_FIELD, session.token());
      hidden(body, "next", next);
      userAndPassword(body);
    } else if (args.get("username_password_callback") != null && !(args.get("custom_form") instanceof Map<?, ?>)) {
      body.append("<form method=post action=\"")
          .append(Html.escape(args.get("username_password_callback").toString())).append("\">");
      userAndPassword(body);
    }
    if (args.get("custom_form") instanceof Map<?, ?> custom) {
      customForm(body, custom);
    }
    if (args.get("auth_providers") instanceof List<?> providers) {
      for (Object provider : providers) {
        if (provider instanceof Map<?, ?> link) {
          body.append("<p><a class=button href=\"").append(Html.escape(String.valueOf(link.get("callback_url"))))
              .append("\">").append(Html.escape(String.valueOf(link.get("label")))).append("</a></p>");
        }
      }
    }
    String html = "<!doctype html>\n<html lang=en>\n<head><meta charset=utf-8>\n<title>" + Html.escape(title)
        + "</title>\n<meta name=viewport content=\"width=device-width, initial-scale=1\">\n"
        + "<link rel=icon href=\"" + Html.escape(basePath) + "/assets/icon.svg\">\n"
        + "<link rel=stylesheet href=\"" + Html.escape(basePath) + "/assets/app.css\">\n<script>" + script
        + "</script>\n<script defer src=\"" + Html.escape(basePath)
            + "/assets/core.js\"></script>\n</head>\n<body class=login><main>" + body + "</main></body>\n</html>\n";
    return WebReply.html(html).with("Content-Security-Policy", IndexPage.policy(Html.policyHash(script)));
  }

  private static void userAndPassword(StringBuilder body) {
    body.append("<label>User <input name=username autocomplete=username required autofocus></label>")
        .append("<label>Password <input name=password type=password autocomplete=current-password required></label>")
        .append("<button class=primary>Log in</button></form>");
  }

  private static void customForm(StringBuilder body, Map<?, ?> custom) {
    body.append("<form method=post action=\"").append(Html.escape(String.valueOf(custom.get("callback_url"))))
        .append("\">");
    List<?> inputs = custom.get("inputs") instanceof List<?> list ? list : new ArrayList<>();
    for (Object input : inputs) {
      if (input instanceof Map<?, ?> field) {
        body.append(customInput(field));
      }
    }
    Object label = custom.get("submit_button_text");
    body.append("<button class=primary>").append(Html.escape(label == null ? "Log in" : label.toString()))
        .append("</button></form>");
  }

  /** One input as Locust shows it: choices as a list, true or false as a box to tick, else a line of text. */
  private static String customInput(Map<?, ?> field) {
    String label = Html.escape(String.valueOf(field.get("label")));
    String name = " name=\"" + Html.escape(String.valueOf(field.get("name"))) + "\"";
    String required = Boolean.TRUE.equals(field.get("is_required")) ? " required" : "";
    Object value = field.get("default_value");
    if (field.get("choices") instanceof List<?> choices) {
      boolean multiple = Boolean.TRUE.equals(field.get("is_multiple"));
      StringBuilder select = new StringBuilder("<label>").append(label).append(" <select").append(name)
          .append(multiple ? " multiple" : "").append(required).append('>');
      for (Object choice : choices) {
        boolean chosen = value instanceof List<?> several ? several.contains(choice) : choice.equals(value);
        select.append(chosen ? "<option selected>" : "<option>").append(Html.escape(String.valueOf(choice)))
            .append("</option>");
      }
      return select.append("</select></label>").toString();
    }
    if (value instanceof Boolean ticked) {
      return "<label class=check><input" + name + " type=checkbox" + (ticked ? " checked" : "") + required + "><span>"
          + label + "</span></label>";
    }
    String type = Boolean.TRUE.equals(field.get("is_secret")) ? "password"
        : field.get("type") instanceof String wanted && INPUT_TYPES.contains(wanted) ? wanted : "text";
    return "<label>" + label + " <input" + name + " type=" + type + " value=\""
        + (value == null ? "" : Html.escape(value.toString())) + '"' + required + "></label>";
  }

  private static void message(StringBuilder body, String kind, Object text) {
    if (text != null) {
      body.append("<p class=").append(kind).append(" role=alert>").append(Html.escape(text.toString())).append("</p>");
    }
  }

  private static void hidden(StringBuilder body, String name, String value) {
    body.append("<input type=hidden name=").append(name).append(" value=\"").append(Html.escape(value)).append("\">");
  }
}
