package io.katydid.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.katydid.console.TestConsole;
import io.katydid.stats.PythonRepr;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;

/** Routes that change the run: `/swarm`, `/stop`, `/stats/reset`, `/user`, notes. Called by web threads. */
final class ControlRoutes {
  private final TestConsole console;
  private final Runnable ending;
  private final Runnable changed;
  private final Clock clock;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param ending called before the statistics of an ended run may go
   * @param changed called when the run is not what it was
   */
  ControlRoutes(TestConsole console, Runnable ending, Runnable changed, Clock clock) {
    this.console = console;
    this.ending = ending;
    this.changed = changed;
    this.clock = clock;
  }

  void addTo(Routes routes) {
    Route swarm = new SwarmRoute(console);
    routes.post("/swarm", request -> {
      ending.run();
      WebReply reply = swarm.answer(request);
      changed.run();
      return reply;
    });
    routes.getOrPost("/stop", request -> {
      console.stop();
      changed.run();
      return WebReply.json(Map.of("success", true, "message", "Test stopped"));
    });
    routes.getOrPost("/stats/reset", request -> {
      ending.run();
      console.resetStats();
      changed.run();
      return WebReply.html("ok");
    });
    routes.post("/user", this::editUser);
    routes.post("/api/notes", this::note);
  }

  private WebReply editUser(WebRequest request) throws IOException {
    Map<String, Object> fields;
    try {
      fields = json.readValue(request.body(), new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JsonProcessingException e) {
      throw new HttpException.RuntimeException(400, "The body must be a JSON object with user_class_name.");
    }
    Object name = fields == null ? null : fields.remove("user_class_name");
    if (name == null) {
      throw new HttpException.RuntimeException(400, "The body must be a JSON object with user_class_name.");
    }
    fields.replaceAll(ControlRoutes::attribute);
    try {
      console.editUserClass(name.toString(), fields);
    } catch (TestConsole.UnknownUserClassException e) {
      console.log("ERROR", "locust.web", "UI got request for POST /user, but it resulted in a 500: KeyError");
      return WebReply.error(500, PythonRepr.of(name.toString()));
    }
    return new WebReply(201, WebReply.json(Map.of()).headers(), "{}\n".getBytes(StandardCharsets.UTF_8));
  }

  /**
   * One attribute of a user class. Those that every run needs are looked at before the class has them: with a weight
   * that is no number neither the page nor the next test could be made.
   */
  private static Object attribute(String name, Object value) {
    return switch (name) {
      case "weight", "fixed_count" -> number(name, value);
      case "host" -> {
        if (value != null && !(value instanceof String)) {
          throw badAttribute("The host must be text, not " + Json.compact(value) + ".");
        }
        yield value;
      }
      case "tasks" -> {
        if (!(value instanceof List<?> tasks) || !tasks.stream().allMatch(String.class::isInstance)) {
          throw badAttribute("The tasks must be a list of names, not " + Json.compact(value) + ".");
        }
        yield value;
      }
      default -> value;
    };
  }

  private static Number number(String name, Object value) {
    Number number = null;
    if (value instanceof Number given) {
      number = given;
    } else if (value instanceof String text) {
      try {
        number = text.contains(".") ? (Number) Double.valueOf(text.strip()) : (Number) Long.valueOf(text.strip());
      } catch (NumberFormatException e) {
        number = null;
      }
    }
    if (number == null || !(number.doubleValue() >= 0) || Double.isInfinite(number.doubleValue())) {
      throw badAttribute("The " + name + " must be a number from 0 on, not " + Json.compact(value) + ".");
    }
    return number;
  }

  private static HttpException.RuntimeException badAttribute(String sentence) {
    return new HttpException.RuntimeException(400, sentence);
  }

  private WebReply note(WebRequest request) {
    String text = request.form().first("text", "").strip();
    if (text.isEmpty()) {
      throw new HttpException.RuntimeException(400, "Give the note a text.");
    }
    console.timeline().note(clock.millis() / 1000.0, text);
    return WebReply.json(Map.of("success", true));
  }
}
