package io.katydid.app;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Threads with their stacks as text in a file: all platform threads, and virtual ones by name. The JVM's own dump of virtual
 * threads is not used: it has crashed the JVM (JDK 25) while they came and went.
 */
final class ThreadDump {
  private ThreadDump() {}

  /**
   * Writes them to a file, which is replaced if it is there.
   *
   * @param virtual threads that the JVM does not list by itself
   */
  static void write(Path file, Collection<Thread> virtual) throws IOException {
    Map<Thread, StackTraceElement[]> stacks = new LinkedHashMap<>(Thread.getAllStackTraces());
    virtual.forEach(thread -> stacks.put(thread, thread.getStackTrace()));
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Map.Entry<Thread, StackTraceElement[]> entry : stacks.entrySet()) {
        Thread thread = entry.getKey();
        String kind = thread.isVirtual() ? " virtual " : " ";
        out.write("\"" + thread.getName() + "\" #" + thread.threadId() + kind + thread.getState() + "\n");
        for (StackTraceElement frame : entry.getValue()) {
          out.write("    at " + frame + "\n");
        }
        out.write("\n");
      }
    }
  }
}
