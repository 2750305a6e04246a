package io.katydid.graalpy;

import io.katydid.script.Library;
import io.katydid.script.Script;
import io.katydid.script.ScriptException;
import io.katydid.script.ScriptHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.graalvm.polyglot.Engine;

/**
 * The process's GraalPy: one engine, one context per loaded script or program. Found through {@link java.util.ServiceLoader}.
 *
 * <p>System properties set by the launcher: {@code katydid.python} is the folder of our Python packages (beside it, if it
 * was fetched, the folder {@code companions} of those that Locust brings along), {@code katydid.pycache} a folder for
 * compiled modules.
 */
public final class GraalPyScriptHost implements ScriptHost {
  private final Engine engine = PythonEngine.create();
  private final Carriers carriers = new Carriers();
  private final NativeModules natives = new NativeModules(System.getenv());
  /** Of the last script or program; guarded by this. */
  private ProjectJars jars = new ProjectJars(List.of());
  /** Guarded by this; null without. */
  private PythonOnStandby onStandby;

  @Override
  public Script load(Request request) throws ScriptException {
    PythonSettings settings = settings(request);
    PythonOnStandby waiting = takeWaiting();
    if (waiting != null && !waiting.settings().fit(settings)) {
      waiting.close();
      waiting = null;
    }
    PythonContext context =
        waiting == null ? new PythonContext(engine, carriers, natives, settings) : waiting.take(settings);
    try {
      return new GraalPyScript(context, waiting == null ? new IdleWarmUp(context) : waiting.warmUp(), request);
    } catch (ScriptException | RuntimeException e) {
      context.close();
      throw e;
    }
  }

  @Override
  public void standBy(Request expected) throws IOException {
    PythonSettings settings = settings(expected);
    PythonOnStandby made = PythonOnStandby.open(settings, new PythonContext(engine, carriers, natives, settings));
    synchronized (this) {
      onStandby = made;
    }
  }

  private synchronized PythonOnStandby takeWaiting() {
    PythonOnStandby taken = onStandby;
    onStandby = null;
    return taken;
  }

  @Override
  public synchronized boolean warmingUp() {
    return onStandby != null && onStandby.warmUp().working();
  }

  @Override
  public int run(Program program, Library library) {
    Path folder = Path.of("").toAbsolutePath();
    PythonSettings settings =
        settings(new Request(folder, files(program), program.threads(), program.words(), System.getenv()));
    try (PythonContext context = new PythonContext(engine, carriers, natives, settings)) {
      return new PythonProgram(context, library).run(program.words());
    }
  }

  private static List<Path> files(Program program) {
    String first = program.words().isEmpty() ? "-" : program.words().getFirst();
    return first.startsWith("-") ? List.of() : List.of(Path.of(first));
  }

  private PythonSettings settings(Request request) {
    ProjectFolders folders = ProjectFolders.of(request.folder(), request.files(), request.environment());
    List<Path> path = new ArrayList<>();
    path.add(pythonFolder());
    path.addAll(folders.sites());
    // Last: what the project has installed itself comes first.
    path.add(pythonFolder().resolveSibling("companions"));
    return new PythonSettings(
        path,
        request.threads(),
        Optional.ofNullable(System.getProperty("katydid.pycache")).map(Path::of),
        loader(folders.jars()),
        request.environment(),
        request.folder());
  }

  private static Path pythonFolder() {
    String folder = System.getProperty("katydid.python");
    if (folder == null) {
      throw new IllegalStateException("The system property katydid.python does not name the folder of the packages.");
    }
    return Path.of(folder).toAbsolutePath();
  }

  /** Contexts of the same run (`--processes`) share the classes of its libraries. */
  private synchronized ClassLoader loader(List<Path> wanted) {
    if (!jars.areOf(wanted)) {
      jars = new ProjectJars(wanted);
    }
    return jars.loader();
  }

  @Override
  public boolean compiles() {
    return PythonEngine.compiles(engine);
  }

  @Override
  public void close() {
    engine.close(true);
  }
}
