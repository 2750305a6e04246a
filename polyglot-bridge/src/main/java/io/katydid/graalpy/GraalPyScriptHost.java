package io.katydid.graalpy;

import io.katydid.script.Library;
import io.katydid.script.Script;
import io.katydid.script.ScriptException;
import io.katydid.script.ScriptHost;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.graalvm.polyglot.Engine;

/**
 * The process's GraalPy: one engine, one context per loaded script or program. Found through {@link java.util.ServiceLoader}.
 *
 * <p>System properties set by the launcher: {@code katydid.python} is the folder of our Python packages, {@code
 * katydid.pycache} a folder for compiled modules.
 */
public final class GraalPyScriptHost implements ScriptHost {
  private final Engine engine = PythonEngine.create();

  @Override
  public Script load(Request request) throws ScriptException {
    PythonContext context = open(request.virtualThreads());
    try {
      return new GraalPyScript(context, request);
    } catch (ScriptException | RuntimeException e) {
      context.close();
      throw e;
    }
  }

  @Override
  public int run(Program program, Library library) {
    try (PythonContext context = open(program.virtualThreads())) {
      return new PythonProgram(context, library).run(program.words());
    }
  }

  private PythonContext open(boolean virtualThreads) {
    List<Path> path = new ArrayList<>();
    path.add(pythonFolder());
    site(path);
    return new PythonContext(
        engine,
        new PythonSettings(
            path,
            virtualThreads ? UserThreads.VIRTUAL : UserThreads.PLATFORM,
            Optional.ofNullable(System.getProperty("katydid.pycache")).map(Path::of),
            Optional.empty()));
  }

  private static Path pythonFolder() {
    String folder = System.getProperty("katydid.python");
    if (folder == null) {
      throw new IllegalStateException("The system property katydid.python does not name the folder of the packages.");
    }
    return Path.of(folder).toAbsolutePath();
  }

  /** Packages a user has installed for this project or named in PYTHONPATH. */
  private static void site(List<Path> path) {
    Path installed = Path.of(".katydid", "site-packages").toAbsolutePath();
    if (Files.isDirectory(installed)) {
      path.add(installed);
    }
    String more = System.getenv("PYTHONPATH");
    if (more != null) {
      for (String folder : more.split(File.pathSeparator)) {
        if (!folder.isEmpty()) {
          path.add(Path.of(folder).toAbsolutePath());
        }
      }
    }
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
