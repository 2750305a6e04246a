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

  private static Context importing(Engine engine) {
    Context python = Context.newBuilder("python").engine(engine).allowIO(IOAccess.ALL).build();
    python.eval("python", "import json, csv, decimal, ipaddress, difflib, configparser");
    return python;
  }

  /** Of the modules above and what they import: whose code does the engine know? */
  private static long known(Engine engine) {
    return engine.getCachedSources().stream()
        .filter(source -> source.hasBytes() && !source.getName().startsWith("<frozen"))
        .count();
  }

  public static void main(String[] arguments) throws InterruptedException {
    try (Engine engine = Engine.newBuilder("python").option("engine.WarnInterpreterOnly", "false").build();
        Context first = importing(engine)) {
      System.out.println("modules that a second context would share: " + known(engine));
      System.gc();
      Thread.sleep(500);
      first.eval("python", "0");
      System.out.println("after a collection: " + known(engine));
    }
  }
}
