package io.katydid.health;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Tells the JVM which code its slow, optimising compiler shall leave to the quick one (docs/design/start-up.md). Given to
 * the running JVM, because the option for it prints a line on each start. Stateless; the main thread, before anything that
 * is meant has run.
 */
public final class CompilerDirectives {
  /** Names the file; set by the launcher with a prepared runtime. */
  private static final String PROPERTY = "katydid.compilerDirectives";

  private CompilerDirectives() {}

  /** Adds the directives of the file that the launcher names, if it names one. Without them everything is only slower. */
  public static void addNamed() {
    String file = System.getProperty(PROPERTY);
    if (file != null) {
      add(Path.of(file));
    }
  }

  /** What the JVM answers; a sentence that begins with "Could not" or names a mistake if it did not take them. */
  static String add(Path file) {
    try {
      return (String) ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "compilerDirectivesAdd",
              new Object[] {new String[] {file.toString()}},
              new String[] {String[].class.getName()});
    } catch (JMException | RuntimeException e) {
      return "Could not add compiler directives: " + e.getMessage();
    }
  }
}
