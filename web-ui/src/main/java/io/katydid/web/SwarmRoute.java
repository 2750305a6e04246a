package io.katydid.web;

import io.katydid.cli.TimeSpan;
import io.katydid.console.StartOrder;
import io.katydid.console.TestConsole;
import io.katydid.console.TestSetup;
import io.katydid.script.UserClass;
import io.katydid.stats.PythonRepr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * `POST /swarm`: starts a run or edits the running one; our own page says with {@link #FORM} which of both it means.
 * Fields are taken in the order they come and the first bad one ends the request; every validation error is a 200 with
 * {@code success: false}. Old field names are taken as well. See web-api section 3.
 */
final class SwarmRoute implements Route {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+(_\\d+)*");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+(_\\d+)*\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|[+-]?(inf|infinity|nan)",
          Pattern.CASE_INSENSITIVE);
  private static final String SPAN_FORMATS = "Valid run_time formats are : 20, 20s, 3m, 2h, 1h20m, 3h30m10s, etc.";

  /**
   * Which form of our page this is, `start` or `edit`: a run that has begun or ended since the form was opened is not
   * taken for the other one, and an edit without a run time leaves the limit as it is.
   */
  static final String FORM = "katydid-form";
  private static final String EDIT = "edit";

  private final TestConsole console;

  SwarmRoute(TestConsole console) {
    this.console = console;
  }

  /** A field that cannot be taken; the message is the answer's. */
  private static final class BadField extends Exception {
    private static final long serialVersionUID = 1L;

    private BadField(String message) {
      super(message);
    }
  }

  /** What the fields read so far ask for. */
  private static final class Asked {
    private Integer users;
    private Double spawnRate;
    private String host;
    private Long runTimeSeconds;
    private boolean keepsRunTime;
    private List<String> userClasses;
    private String shapeClass;
  }

  @Override
  public WebReply answer(WebRequest request) {
    TestSetup setup = console.setup();
    Asked asked = new Asked();
    asked.host = setup.host();
    String refusal = null;
    try {
      expect(request.form().first(FORM));
      asked.keepsRunTime = EDIT.equals(request.form().first(FORM)) && request.form().first("run_time") == null;
      for (String name : request.form().names()) {
        take(name, request.form(), asked);
      }
      refusal = start(setup, asked);
    } catch (BadField e) {
      refusal = e.getMessage();
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("host", asked.host);
    answer.put("success", refusal == null);
    if (refusal != null) {
      console.log("ERROR", "locust.web", refusal);
      answer.put("message", refusal);
      return WebReply.json(answer);
    }
    String shape = shapeToRun(setup, asked);
    answer.put("message", shape == null ? "Swarming started" : "Swarming started using shape class '" + shape + "'");
    if (asked.runTimeSeconds != null && shape == null) {
      answer.put("run_time", asked.runTimeSeconds);
    }
    if (setup.classPicker() && shape == null) {
      answer.put("user_classes", asked.userClasses == null ? runningClasses(setup) : known(setup, asked.userClasses));
    }
    return WebReply.json(answer);
  }

  private void expect(String form) throws BadField {
    if (EDIT.equals(form) && !console.status().active()) {
      throw new BadField("The test has ended meanwhile, so there is nothing to edit.");
    }
    if ("start".equals(form) && console.status().active()) {
      throw new BadField("A test has been started meanwhile. Edit that one, or stop it first.");
    }
  }

  /** What a request without classes leaves as it is. */
  private Object runningClasses(TestSetup setup) {
    return console.option("user_classes") instanceof List<?> chosen && !chosen.isEmpty()
        ? chosen
        : setup.userClasses().stream().map(UserClass::name).toList();
  }

  /** Of the chosen names those of classes, sorted. */
  private static List<String> known(TestSetup setup, List<String> chosen) {
    return setup.userClasses().stream().map(UserClass::name).filter(chosen::contains).sorted().toList();
  }

  private void take(String name, Form form, Asked asked) throws BadField {
    String value = form.first(name);
    switch (name) {
      case "user_count", "locust_count" -> {
        asked.users = Math.toIntExact(whole(name, value));
        console.setOption("num_users", (long) asked.users);
      }
      case "spawn_rate", "hatch_rate" -> {
        asked.spawnRate = decimal(name, value);
        console.setOption("spawn_rate", asked.spawnRate);
      }
      case "host" -> {
        asked.host = value.replace("<", "").replace(">", "");
        console.setOption("host", asked.host);
      }
      case "run_time" -> {
        if (!value.isBlank()) {
          long limit = seconds(value.strip());
          // Nothing is no limit, as for Locust.
          asked.runTimeSeconds = limit == 0 ? null : (Long) limit;
          console.setOption("run_time", limit);
        }
      }
      case "user_classes" -> {
        asked.userClasses = List.copyOf(form.all(name));
        console.setOption("user_classes", asked.userClasses);
      }
      case "shape_class" -> asked.shapeClass = value;
      case "profile" -> console.setOption("profile", value.isEmpty() ? null : value);
      default -> {
        if (console.hasOption(name)) {
          console.setOption(name, likeCurrent(name, console.option(name), form.all(name)));
        }
      }
    }
  }

  /** Starts; null, or why not. */
  private String start(TestSetup setup, Asked asked) {
    if (setup.classPicker()) {
      if (setup.userClasses().isEmpty()) {
        return "UserClass picker is active but there are no available UserClasses";
      }
      if (asked.userClasses == null && !console.status().active()) {
        asked.userClasses = setup.userClasses().stream().map(UserClass::name).toList();
      }
      if (asked.shapeClass == null) {
        asked.shapeClass = "Default";
      }
      if (!asked.shapeClass.equals("Default") && !setup.shapeClasses().contains(asked.shapeClass)) {
        throw new org.eclipse.jetty.http.HttpException.RuntimeException(500, PythonRepr.of(asked.shapeClass));
      }
    }
    if (shapeToRun(setup, asked) == null) {
      boolean missing = asked.users == null || asked.spawnRate == null;
      if (missing || asked.users < 0 || !(asked.spawnRate > 0) || asked.spawnRate.isInfinite()) {
        return "Missing or invalid user_count or spawn_rate from /swarm request";
      }
    }
    String shape = null;
    if (setup.classPicker()) {
      shape = asked.shapeClass.equals("Default") ? "" : asked.shapeClass;
    }
    console.start(
        new StartOrder(
            asked.users == null ? 0 : asked.users,
            asked.spawnRate == null ? 0 : asked.spawnRate,
            asked.host,
            asked.runTimeSeconds == null ? null : (double) asked.runTimeSeconds,
            asked.userClasses,
            shape,
            asked.keepsRunTime));
    return null;
  }

  private static String shapeToRun(TestSetup setup, Asked asked) {
    if (!setup.classPicker()) {
      return setup.activeShape();
    }
    return asked.shapeClass == null || asked.shapeClass.equals("Default") ? null : asked.shapeClass;
  }

  /** The submitted text as a value of the kind the option has now. */
  private static Object likeCurrent(String name, Object current, List<String> texts) throws BadField {
    String text = texts.getFirst();
    return switch (current) {
      case null -> text;
      case Boolean bool -> text.equals("true");
      case Long number -> whole(name, text);
      case Integer number -> whole(name, text);
      case Double number -> decimal(name, text);
      case List<?> list -> {
        List<String> items = text.contains(",") ? List.of(text.split(",")) : texts;
        if (!list.isEmpty() && list.stream().allMatch(item -> item instanceof Long || item instanceof Integer)) {
          List<Long> numbers = new ArrayList<>();
          for (String item : items) {
            numbers.add(whole(name, item));
          }
          yield List.copyOf(numbers);
        }
        yield List.copyOf(items);
      }
      default -> text;
    };
  }

  private static long whole(String name, String text) throws BadField {
    String digits = text.strip();
    try {
      if (WHOLE.matcher(digits).matches()) {
        long value = Long.parseLong(digits.replace("_", ""));
        if (Math.abs(value) <= Integer.MAX_VALUE || !name.equals("user_count") && !name.equals("locust_count")) {
          return value;
        }
      }
    } catch (NumberFormatException e) {
      throw notWhole(name, text);
    }
    throw notWhole(name, text);
  }

  private static BadField notWhole(String name, String text) {
    return new BadField("Invalid " + name + " value: " + PythonRepr.of(text) + " (must be an integer)");
  }

  private static double decimal(String name, String text) throws BadField {
    String number = text.strip();
    if (!DECIMAL.matcher(number).matches()) {
      throw new BadField("Invalid " + name + " value: " + PythonRepr.of(text) + " (must be a number)");
    }
    String lower = number.toLowerCase(java.util.Locale.ROOT).replace("_", "");
    if (lower.endsWith("nan")) {
      return Double.NaN;
    }
    if (lower.contains("inf")) {
      return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(lower);
  }

  private static long seconds(String text) throws BadField {
    try {
      return TimeSpan.seconds(text);
    } catch (IllegalArgumentException e) {
      throw new BadField(SPAN_FORMATS);
    }
  }
}
