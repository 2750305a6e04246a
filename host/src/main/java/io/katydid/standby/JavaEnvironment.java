package io.katydid.standby;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Map;

/**
 * What {@code System.getenv} answers. A warm process was started with other variables than its run, and Java reads them
 * once, at its start; there is no other way to give Java code, a driver for example, those of the run, and the programs that it
 * starts. Needs {@code --add-opens=java.base/java.lang=ALL-UNNAMED}. Used by the main thread before the run begins.
 */
public final class JavaEnvironment {
  private final Map<String, String> variables;

  private JavaEnvironment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** @throws IOException if this Java does not let its variables be changed */
  @SuppressWarnings("unchecked")
  public static JavaEnvironment open() throws IOException {
    try {
      Class<?> keeper = Class.forName("java.lang.ProcessEnvironment");
      Field all = keeper.getDeclaredField("theEnvironment");
      all.setAccessible(true);
      Constructor<?> view = Class.forName("java.lang.ProcessEnvironment$StringEnvironment").getDeclaredConstructor(Map.class);
      view.setAccessible(true);
      return new JavaEnvironment((Map<String, String>) view.newInstance(all.get(null)));
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      throw new IOException("this Java does not let a run's variables take the place of others: " + e.getMessage(), e);
    }
  }

  /** From now on Java code finds these and no others, and so do code in C and programs that are started. */
  public void become(Map<String, String> environment) throws IOException {
    variables.clear();
    variables.putAll(environment);
    CLibrary.ints("clearenv");
    try (Arena arena = Arena.ofConfined()) {
      for (Map.Entry<String, String> variable : environment.entrySet()) {
        CLibrary.call(
            "setenv", JAVA_INT, arena.allocateFrom(variable.getKey()), arena.allocateFrom(variable.getValue()), 1);
      }
    }
  }
}
