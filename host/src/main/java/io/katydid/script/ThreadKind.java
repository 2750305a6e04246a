package io.katydid.script;

/** The kind of threads that users run on, as far as somebody has said it (`--user-threads`). */
public enum ThreadKind {
  /** Nobody has said anything: virtual ones, or platform ones where the script's packages need them. */
  FITTING,
  VIRTUAL,
  PLATFORM;

  /** @param text the value of `--user-threads`; null where there is none */
  public static ThreadKind of(String text) {
    return text == null || text.isEmpty() ? FITTING : text.equals("platform") ? PLATFORM : VIRTUAL;
  }
}
