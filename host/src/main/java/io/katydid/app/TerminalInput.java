package io.katydid.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of this process's standard input. Stateless; any thread. Linux; elsewhere nothing is known. */
public final class TerminalInput {
  private static final Path INPUT = Path.of("/proc/self/fd/0");
  private static final Path STATUS = Path.of("/proc/self/stat");
  /** Always the one that the process belongs to, whatever its number says. */
  private static final String OWN_TERMINAL = "/dev/tty";

  // In the status behind the name in parentheses: state, parent, process group, session, terminal, its foreground group.
  private static final int GROUP = 2;
  private static final int TERMINAL = 4;
  private static final int FOREGROUND = 5;

  private TerminalInput() {}

  /** False if standard input is clearly no terminal. */
  public static boolean mayBeTerminal() {
    try {
      String input = Files.readSymbolicLink(INPUT).toString();
      return input.startsWith("/dev/pts/") || input.startsWith(OWN_TERMINAL) || input.equals("/dev/console");
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Whether it is the terminal that this process was started from, and the process is in the background there: whoever reads
   * from it then, or changes its mode, is stopped.
   */
  public static boolean inBackground() {
    try {
      String status = Files.readString(STATUS);
      String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
      boolean own =
          Files.readSymbolicLink(INPUT).toString().equals(OWN_TERMINAL)
              || Long.parseLong(fields[TERMINAL]) == ((Number) Files.getAttribute(INPUT, "unix:rdev")).longValue();
      return own && !fields[GROUP].equals(fields[FOREGROUND]);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
