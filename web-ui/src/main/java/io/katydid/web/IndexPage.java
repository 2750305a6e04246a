package io.katydid.web;

import io.katydid.console.RunStatus;
import io.katydid.console.TestConsole;
import io.katydid.console.TestSetup;
import io.katydid.script.UserClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The page's shell: links to scripts and style, and `window.templateArgs` with the keys Locust's page has (web-api
 * section 4) plus what the locustfile adds. Called by web threads; immutable.
 */
final class IndexPage {
  private final TestConsole console;
  private final String version;
  private final boolean loginNeeded;

  IndexPage(TestConsole console, String version, boolean loginNeeded) {
    this.console = console;
    this.version = version;
    this.loginNeeded = loginNeeded;
  }

  /** The security policy of our pages: nothing from elsewhere, and of inline scripts only the named ones. */
  static String policy(String scriptHashes) {
    return "default-src 'none'; script-src 'self' " + scriptHashes
        + "; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'self'";
  }

  WebReply render(Sessions.Session session, Map<String, Object> more) {
    Map<String, Object> args = templateArgs();
    args.putAll(console.pages().templateArgs());
    args.putAll(more);
    String script = "window.templateArgs = " + Json.forScript(args) + ";";
    StringBuilder html = new StringBuilder(2048);
    html.append("<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n<title>Katydid</title>\n")
        .append("<meta name=viewport content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=color-scheme content=\"light dark\">\n");
    if (session != null && loginNeeded) {
      html.append("<meta name=csrf-token content=\"").append(Html.escape(session.token())).append("\">\n");
    }
    html.append("<link rel=icon href=\"./assets/icon.svg\" type=\"image/svg+xml\">\n");
    for (String style : Assets.STYLES) {
      html.append("<link rel=stylesheet href=\"./assets/").append(style).append("\">\n");
    }
    html.append("<script>").append(script).append("</script>\n");
    for (String name : Assets.SCRIPTS) {
      html.append("<script defer src=\"./assets/").append(name).append("\"></script>\n");
    }
    html.append("</head>\n<body>\n<div id=\"root\"></div>\n<noscript>This page needs JavaScript. The numbers are also"
        + " at ")
        .append("<a href=\"stats/requests\">stats/requests</a> and <a href=\"stats/report\">stats/report</a>.")
        .append("</noscript>\n</body>\n</html>\n");
    return WebReply.html(html.toString())
        .with("Content-Security-Policy", policy(Html.policyHash(script)) + "; form-action 'self'")
        .with("Cache-Control", "no-store");
  }

  private Map<String, Object> templateArgs() {
    TestSetup setup = console.setup();
    RunStatus status = console.status();
    boolean shape = setup.activeShape() != null;
    TreeSet<String> hosts = new TreeSet<>();
    boolean anyMissing = false;
    for (UserClass userClass : setup.userClasses()) {
      if (userClass.host() == null) {
        anyMissing = true;
      } else {
        hosts.add(userClass.host());
      }
    }
    String host = setup.host();
    if (host == null) {
      host = !anyMissing && hosts.size() == 1 ? hosts.first() : "";
    }
    Map<String, Object> args = new LinkedHashMap<>();
    List<String> shapes = new ArrayList<>(List.of("Default"));
    shapes.addAll(new TreeSet<>(setup.shapeClasses()));
    args.put("available_shape_classes", shapes);
    args.put("available_user_classes", new TreeSet<>(setup.userClasses().stream().map(UserClass::name).toList()));
    args.put("available_user_tasks", setup.taskNames());
    args.put("users", users(setup));
    args.put("extra_options", extraOptions(setup));
    args.put("hide_common_options",
        shape ? !setup.classPicker() && !setup.shapeUsesCommonOptions() : null);
    args.put("shape_use_common_options", shape ? setup.shapeUsesCommonOptions() : null);
    args.put("history", console.history(false));
    args.put("host", host);
    args.put("is_distributed", status.distributed());
    args.put("is_host_required", setup.hostRequired());
    args.put("locustfile", setup.locustfile());
    args.put("missing_host_warning", host.isEmpty() && anyMissing);
    args.put("override_host_warning", hosts.size() > 1);
    args.put("num_users", console.option("num_users"));
    args.put("spawn_rate", console.option("spawn_rate"));
    args.put("run_time", console.option("run_time"));
    args.put("profile", console.option("profile"));
    args.put("percentiles_to_chart", console.percentiles().inCharts());
    args.put("percentiles_to_statistics", console.percentiles().inStatistics());
    args.put("percentile_columns", PercentileColumns.of(console.percentiles()).shown().stream()
        .map(column -> Map.of("key", column.key(), "title", column.title())).toList());
    args.put("show_userclass_picker", setup.classPicker());
    args.put("state", status.state());
    args.put("stats_history_enabled", setup.fullHistory());
    args.put("tasks", "{}");
    args.put("user_count", status.userCount());
    args.put("version", version);
    args.put("worker_count", status.workerCount());
    args.put("is_shape", shape);
    args.put("login", loginNeeded);
    return args;
  }

  private static Map<String, Object> users(TestSetup setup) {
    Map<String, Object> users = new TreeMap<>();
    for (UserClass userClass : setup.userClasses()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("fixed_count", userClass.fixedCount());
      tree.put("host", userClass.host());
      tree.put("weight", userClass.weight() == Math.rint(userClass.weight())
          ? (Number) (long) userClass.weight() : (Number) userClass.weight());
      tree.put("tasks", userClass.weightedTaskNames());
      users.put(userClass.name(), tree);
    }
    return users;
  }

  private static Map<String, Object> extraOptions(TestSetup setup) {
    Map<String, Object> options = new LinkedHashMap<>();
    for (TestSetup.ExtraOption option : setup.extraOptions()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("choices", option.choices());
      tree.put("default_value", option.value());
      tree.put("help_text", option.help());
      tree.put("is_multiple", option.multiple());
      tree.put("is_required", option.required());
      tree.put("is_secret", option.secret());
      options.put(option.dest(), tree);
    }
    return options;
  }
}
