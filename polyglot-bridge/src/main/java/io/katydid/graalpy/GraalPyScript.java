package io.katydid.graalpy;

import io.katydid.script.NewUser;
import io.katydid.script.RunControl;
import io.katydid.script.Script;
import io.katydid.script.ScriptException;
import io.katydid.script.ScriptHost;
import io.katydid.script.ScriptPages;
import io.katydid.script.ScriptUser;
import io.katydid.script.ShapeStep;
import io.katydid.script.UserClass;
import io.katydid.stats.ReportedPercentiles;
import io.katydid.stats.StatsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/**
 * A loaded locustfile: forwards the port's calls to the Python module {@code locust._runtime} and turns its plain
 * results into Java. Any thread may call it; each call takes the context's gate.
 */
final class GraalPyScript implements Script {
  private static final String RUNTIME = "locust._runtime";
  /** How Python says that the user has to mend something: its text and Locust's exit code. */
  private static final String LOAD_ERROR = "LoadError";
  private static final int BYTES_PER_MB = 1024 * 1024;

  private final PythonContext context;
  private final Value runtime;
  /** The one function that is executed, all others are invoked: the code compiled for the one way stays in use. */
  private final Value untilWait;
  private final GraalPyPages pages;
  private final IdleWarmUp idleWarmUp;
  private final AtomicLong userNumbers = new AtomicLong();

  GraalPyScript(PythonContext context, IdleWarmUp idleWarmUp, ScriptHost.Request request) throws ScriptException {
    this(context, idleWarmUp);
    context.threads().loading(true);
    List<String> files = request.files().stream().map(file -> file.toAbsolutePath().toString()).toList();
    checked(() -> runtime.invokeMember("load", files, request.words(), new LoadingProgress(request.progress())));
    context.threads().loading(false);
  }

  /** The script of a program that has adopted an environment itself. */
  GraalPyScript(PythonContext context) {
    this(context, new IdleWarmUp(context));
  }

  private GraalPyScript(PythonContext context, IdleWarmUp idleWarmUp) {
    this.context = context;
    this.pages = new GraalPyPages(context);
    this.idleWarmUp = idleWarmUp;
    this.runtime = context.call(() -> context.module(RUNTIME));
    this.untilWait = context.call(() -> runtime.getMember("until_wait"));
  }

  PythonContext context() {
    return context;
  }

  /** Runs Python that may refuse with a {@code LoadError}, or fail because of what a locustfile's classes are. */
  private Value checked(Supplier<Value> call) throws ScriptException {
    try {
      return context.call(call);
    } catch (PolyglotException e) {
      Value error = e.getGuestObject();
      if (error != null && LOAD_ERROR.equals(context.call(() -> error.getMetaObject().getMetaSimpleName()))) {
        throw new ScriptException(
            context.call(() -> error.getMember("message").asString()),
            context.call(() -> error.getMember("exit_code").asInt()));
      }
      if (error != null && e.isGuestException() && !e.isCancelled() && !e.isExit()) {
        throw new ScriptException(context.call(() -> runtime.invokeMember("explained", error).asString()), 1);
      }
      throw e;
    }
  }

  @Override
  public List<Path> files() {
    return context.call(() -> PlainData.strings(runtime.invokeMember("loaded_files"))).stream().map(Path::of).toList();
  }

  @Override
  public List<UserClass> userClasses() {
    return context.call(
        () -> {
          List<UserClass> classes = new ArrayList<>();
          for (Object row : (List<?>) PlainData.toJava(runtime.invokeMember("user_classes"))) {
            Map<?, ?> c = (Map<?, ?>) row;
            classes.add(
                new UserClass(
                    (String) c.get("name"),
                    ((Number) c.get("weight")).doubleValue(),
                    ((Number) c.get("fixed_count")).intValue(),
                    (String) c.get("host"),
                    shares((List<?>) c.get("tasks"))));
          }
          return classes;
        });
  }

  private static List<UserClass.TaskShare> shares(List<?> tasks) {
    List<UserClass.TaskShare> shares = new ArrayList<>();
    for (Object task : tasks) {
      Map<?, ?> t = (Map<?, ?>) task;
      shares.add(
          new UserClass.TaskShare(
              (String) t.get("name"), ((Number) t.get("ratio")).doubleValue(), shares((List<?>) t.get("tasks"))));
    }
    return shares;
  }

  @Override
  public List<String> shapes() {
    return context.call(() -> PlainData.strings(runtime.invokeMember("shapes")));
  }

  @Override
  public boolean shapeUsesCommonOptions(String shape) {
    return context.call(() -> runtime.invokeMember("shape_uses_common_options", shape).asBoolean());
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<Map<String, Object>> customOptions() throws ScriptException {
    Value options = checked(() -> runtime.invokeMember("custom_options"));
    return context.call(() -> (List<Map<String, Object>>) PlainData.toJava(options));
  }

  @Override
  public void setOptions(Map<String, Object> options, List<GivenWords> custom) throws ScriptException {
    if (options.get("max_response_mb") instanceof Integer megabytes) {
      context.http().maxBodyBytes((int) Math.min(megabytes * (long) BYTES_PER_MB, Integer.MAX_VALUE - 8));
    }
    checked(() -> runtime.invokeMember("set_options", options, flat(custom)));
  }

  /** As Python takes them: lists of dest, name, words. */
  static List<List<Object>> flat(List<GivenWords> custom) {
    return custom.stream().map(g -> List.<Object>of(g.dest(), g.name(), g.words())).toList();
  }

  @Override
  public Map<String, Object> customValues() {
    return context.call(() -> PlainData.map(runtime.invokeMember("custom_values")));
  }

  @Override
  public void setOption(String dest, Object value) {
    context.run(() -> runtime.invokeMember("set_option", dest, value));
  }

  @Override
  public void selectClasses(List<String> names) throws ScriptException {
    checked(() -> runtime.invokeMember("select_classes", names));
  }

  @Override
  public void filterTags(List<String> include, List<String> exclude) {
    context.run(() -> runtime.invokeMember("filter_tags", include, exclude));
  }

  @Override
  public void equalWeights() {
    context.run(() -> runtime.invokeMember("equal_weights"));
  }

  @Override
  public void updateUserClass(Map<String, Object> change) throws ScriptException {
    checked(() -> runtime.invokeMember("update_user_class", change));
  }

  @Override
  public void init(RunControl run) throws ScriptException {
    context.offer(new ScriptPort(run, context.gate(), null));
    checked(() -> runtime.invokeMember("init", run.kind()));
  }

  @Override
  public void warmUpWhileIdle() throws IOException {
    if (context.compiles()) {
      idleWarmUp.begin(context.call(() -> PlainData.strings(runtime.invokeMember("http_kinds"))));
    }
  }

  @Override
  public boolean warmingUp() {
    return idleWarmUp.loadsProcess();
  }

  @Override
  public void testBegins() {
    context.limitNoComputing();
    idleWarmUp.end();
  }

  @Override
  public void testEnded() {
    context.limitNoComputing();
  }

  @Override
  public void endStuckUsers(Duration patience, Runnable onKill) {
    context.limitComputing(patience, onKill);
  }

  @Override
  public List<Thread> threads() {
    return context.userThreads();
  }

  @Override
  public boolean answers(Duration patience) {
    return context.answers(patience);
  }

  @Override
  public ScriptUser spawn(String userClass, NewUser making, Consumer<ScriptUser> onEnd) {
    PythonUser user = new PythonUser(userNumbers.incrementAndGet(), userClass, making, this, onEnd);
    user.start();
    return user;
  }

  /** The turns of a user that has not begun yet. */
  TurnThreads.Turns turns(String userClass, long id, NewUser making) {
    return new TurnThreads.Turns() {
      private Value mine;

      @Override
      public double untilWait(boolean killed) {
        if (mine == null) {
          if (!making.wanted()) {
            return TurnThreads.ENDED;
          }
          Value begun = runtime.invokeMember("begin_user", userClass, id, new UserBeginning(making));
          if (begun.isNull()) {
            return TurnThreads.ENDED;
          }
          mine = begun;
        }
        return untilWait.execute(mine, killed).asDouble();
      }

      @Override
      public void failed(Throwable reason) {
        context.host().tell(OwnError.of(reason, "a user of class " + userClass));
      }
    };
  }

  /** Asks a user to end before its next task; true if it waits and should be woken. */
  boolean stopUser(long id) {
    return context.call(() -> runtime.invokeMember("stop_user", id).asBoolean());
  }

  /** Waits for Python only if somebody may listen, so that a user that computes holds up neither heartbeats nor reports. */
  @Override
  public void fire(String event, Map<String, ?> arguments) {
    if (context.host().expectsListener(event)) {
      context.run(() -> runtime.invokeMember("fire", event, arguments));
    }
  }

  @Override
  public Map<String, Object> fireReport(String event, String clientId, Map<String, Object> data) {
    if (!context.host().expectsListener(event)) {
      return null;
    }
    return context.call(() -> PlainData.map(runtime.invokeMember("fire_report", event, clientId, data)));
  }

  @Override
  public boolean deliver(String type, Object data, String nodeId) {
    return context.call(() -> runtime.invokeMember("on_message", type, PlainData.toPython(data), nodeId).asBoolean());
  }

  @Override
  public Optional<ShapeStep> tick(String shape) {
    return context.call(
        () -> {
          Object step = PlainData.toJava(runtime.invokeMember("tick", shape));
          if (step == null) {
            return Optional.empty();
          }
          List<?> values = (List<?>) step;
          List<String> classes = null;
          if (values.size() > 2 && values.get(2) != null) {
            classes = ((List<?>) values.get(2)).stream().map(String::valueOf).toList();
          }
          return Optional.of(
              new ShapeStep(
                  ((Number) values.get(0)).intValue(), ((Number) values.get(1)).doubleValue(), classes));
        });
  }

  @Override
  public void resetShape(String shape) {
    context.run(() -> runtime.invokeMember("reset_shape", shape));
  }

  @Override
  public void setHost(String host) {
    context.run(() -> runtime.invokeMember("set_host", host));
  }

  @Override
  public ScriptPages pages() {
    return pages;
  }

  @Override
  public StatsSettings statsSettings() throws ScriptException {
    Value asked = checked(() -> runtime.invokeMember("stats_settings"));
    if (context.call(asked::isNull)) {
      return StatsSettings.DEFAULT;
    }
    Map<String, Object> values = context.call(() -> PlainData.map(asked));
    try {
      return new StatsSettings(
          new ReportedPercentiles(
              numbers(values, "PERCENTILES_TO_REPORT"),
              numbers(values, "PERCENTILES_TO_STATISTICS"),
              numbers(values, "PERCENTILES_TO_CHART")),
          ((Number) values.get("CONSOLE_STATS_INTERVAL_SEC")).doubleValue(),
          ((Number) values.get("HISTORY_STATS_INTERVAL_SEC")).doubleValue(),
          ((Number) values.get("CSV_STATS_INTERVAL_SEC")).doubleValue());
    } catch (IllegalArgumentException e) {
      throw new ScriptException(e.getMessage(), 1);
    }
  }

  private static List<Double> numbers(Map<String, Object> values, String name) {
    return ((List<?>) values.get(name)).stream().map(value -> ((Number) value).doubleValue()).toList();
  }

  @Override
  public Optional<Integer> exitCode() {
    return codeOf("exit_code");
  }

  @Override
  public Optional<Integer> exited() {
    return codeOf("exited");
  }

  private Optional<Integer> codeOf(String function) {
    return context.call(
        () -> {
          Value code = runtime.invokeMember(function);
          return code.isNull() ? Optional.empty() : Optional.of(code.asInt());
        });
  }

  @Override
  public boolean unhandledException() {
    return context.call(() -> runtime.invokeMember("unhandled_exception").asBoolean());
  }

  @Override
  public double pythonWaitMillis() {
    return context.gate().waitedNanos() / 1e6;
  }

  @Override
  public void close() {
    idleWarmUp.end();
    context.close();
    idleWarmUp.closeServer();
  }
}
