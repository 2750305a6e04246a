package io.katydid.graalpy;

import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;

/**
 * An error of the interpreter or of Katydid itself that has ended a user or a greenlet: no Python code could catch it. As it is counted
 * among the exceptions of a run, with the lines of Python it came through. Plain data.
 *
 * @param message one line
 * @param traceback as Python prints the frames of one
 */
record OwnError(String message, String traceback) {
  private static final int JAVA_FRAMES = 5;

  static OwnError of(Throwable e, String whom) {
    Throwable cause = causeOf(e);
    StringBuilder text = new StringBuilder();
    if (e instanceof PolyglotException known) {
      pythonFrames(known).reversed().forEach(text::append);
    }
    StackTraceElement[] frames = cause.getStackTrace();
    for (int i = Math.min(JAVA_FRAMES, frames.length) - 1; i >= 0; i--) {
      text.append("  Java, ").append(frames[i]).append('\n');
    }
    return new OwnError("An error inside Katydid's Python has ended " + whom + " (please report it): " + said(cause), text.toString());
  }

  private static String said(Throwable cause) {
    return cause instanceof PolyglotException ? String.valueOf(cause.getMessage()) : String.valueOf(cause);
  }

  private static Throwable causeOf(Throwable e) {
    return e instanceof PolyglotException && e.getCause() != null ? e.getCause() : e;
  }

  private static List<String> pythonFrames(PolyglotException e) {
    List<String> lines = new ArrayList<>();
    for (PolyglotException.StackFrame frame : e.getPolyglotStackTrace()) {
      SourceSection at = frame.isGuestFrame() ? frame.getSourceLocation() : null;
      if (at != null) {
        String file = at.getSource().getPath() == null ? at.getSource().getName() : at.getSource().getPath();
        lines.add("  File \"" + file + "\", line " + at.getStartLine() + ", in " + frame.getRootName() + "\n");
      }
    }
    return lines;
  }
}
