package io.katydid.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.katydid.cli.CommandLine;
import io.katydid.log.Level;
import io.katydid.log.Logging;
import io.katydid.script.Script;
import io.katydid.script.ScriptHost;
import io.katydid.script.ThreadKind;
import io.katydid.script.UserClass;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReloadingScriptTest {
  @TempDir Path folder;

  /** What happened to the interpreters, the first one's name being "1". */
  private final List<String> events = new CopyOnWriteArrayList<>();
  private int interpreters;
  private Path file;
  private Logging logging;
  private ReloadingScript script;
  /** Happens while the second interpreter is told its host. */
  private Runnable whileTold = () -> { };
  private CountDownLatch reloaded = new CountDownLatch(1);

  private final class Host implements ScriptHost {
    @Override
    public Script load(Request request) {
      String name = String.valueOf(++interpreters);
      InvocationHandler handler =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "files" -> List.of(file);
                case "customOptions" -> List.of();
                case "userClasses" -> List.of(new UserClass("A", 1, 0, null, List.of()));
                case "exitCode", "exited" -> Optional.empty();
                case "unhandledException" -> false;
                case "pythonWaitMillis" -> 0.0;
                case "warmUpWhileIdle", "testBegins" -> {
                  events.add(name + " " + method.getName());
                  yield null;
                }
                case "setHost" -> {
                  events.add(name + " " + arguments[0]);
                  if (name.equals("2")) {
                    whileTold.run();
                  }
                  yield null;
                }
                default -> null;
              };
      return (Script) Proxy.newProxyInstance(Script.class.getClassLoader(), new Class<?>[] {Script.class}, handler);
    }

    @Override
    public int run(Program program, io.katydid.script.Library library) {
      throw new IllegalStateException();
    }

    @Override
    public void standBy(Request expected) {
      throw new IllegalStateException();
    }

    @Override
    public boolean warmingUp() {
      return false;
    }

    @Override
    public boolean compiles() {
      return true;
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void load() throws Exception {
    file = Files.writeString(folder.resolve("locustfile.py"), "a = 1");
    CommandLine commandLine = new CommandLine(List.of("-f", file.toString()), Map.of(), folder, folder);
    ScriptLoader.Loaded loaded =
        ReloadingScript.load(
            new ScriptLoader(
                new Host(), new ScriptHost.Request(file.getParent(), List.of(file), ThreadKind.FITTING, List.of("locust"), Map.of()), commandLine));
    logging = Logging.open(new Logging.Settings(Level.named("CRITICAL"), null, false));
    script = (ReloadingScript) loaded.script();
    script.begin(loaded.options(), logging, next -> reloaded.countDown());
  }

  @AfterEach
  void close() throws Exception {
    script.close();
    logging.close();
  }

  @Test
  void whatIsLoadedWhileNoTestRunsWarmsUpAsTheOneBefore() throws Exception {
    script.warmUpWhileIdle();
    Files.writeString(file, "a = 22");
    reloaded.await();
    while (events.size() < 2) {
      Thread.sleep(10);
    }
    assertEquals(List.of("1 warmUpWhileIdle", "2 warmUpWhileIdle"), events);
    script.testBegins();
    assertEquals("2 testBegins", events.getLast());
  }

  @Test
  void whatIsLoadedForATestDoesNot() throws Exception {
    script.warmUpWhileIdle();
    Files.writeString(file, "a = 22");
    script.testBegins();
    assertEquals(List.of("1 warmUpWhileIdle", "1 testBegins", "2 testBegins"), events);
  }

  @Test
  void norDoesOneThatWasNotToldTo() throws Exception {
    Files.writeString(file, "a = 22");
    reloaded.await();
    script.testBegins();
    assertEquals("2 testBegins", events.getLast());
    assertEquals(0, events.stream().filter(event -> event.endsWith("warmUpWhileIdle")).count());
  }

  /** Somebody presses Start with another host just when a changed file is loaded. */
  @Test
  void whatIsSaidWhileAnotherInterpreterIsToldReachesIt() throws Exception {
    script.setHost("http://old");
    whileTold =
        () -> {
          whileTold = () -> { };
          Thread elsewhere = Thread.ofPlatform().start(() -> script.setHost("http://new"));
          try {
            elsewhere.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    Files.writeString(file, "a = 22");
    script.testBegins();
    assertEquals(List.of("1 http://old", "1 testBegins", "2 http://old", "1 http://new", "2 http://new", "2 testBegins"), events);
  }
}
