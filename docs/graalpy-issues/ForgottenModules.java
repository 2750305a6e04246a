import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;

/**
 * Contexts of one engine share the code of modules, and what is compiled of it, only until the next collection: the engine
 * knows code as long as the Source it was made of is held, and GraalPy drops that when a module's compiled file has been read.
 */
public final class ForgottenModules {
  private ForgottenModules() {}

  private static Context importing(Engine engine, Path compiled) {
    Context python = Context.newBuilder("python").engine(engine).allowIO(IOAccess.ALL).allowExperimentalOptions(true)
        .option("python.DontWriteBytecodeFlag", "false").option("python.PyCachePrefix", compiled.toString()).build();
    python.eval("python", "import json, csv, decimal, ipaddress, difflib, configparser");
    return python;
  }

  private static Engine engine() {
    return Engine.newBuilder("python").option("engine.WarnInterpreterOnly", "false").build();
  }

  /** Of the modules above and what they import: whose code does the engine know? */
  private static long known(Engine engine) {
    return engine.getCachedSources().stream()
        .filter(source -> source.hasBytes() && !source.getName().startsWith("<frozen"))
        .count();
  }

  public static void main(String[] arguments) throws Exception {
    Path compiled = Files.createTempDirectory("compiled");
    try (Engine engine = engine()) {
      importing(engine, compiled).close(); // Compiles the files.
    }
    try (Engine engine = engine();
        Context first = importing(engine, compiled)) {
      System.out.println("modules that a second context would share: " + known(engine));
      System.gc();
      Thread.sleep(500);
      first.eval("python", "0");
      System.out.println("after a collection: " + known(engine));
    }
  }
}
