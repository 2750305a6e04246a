package io.katydid.graalpy;

import io.katydid.script.ThreadKind;

/**
 * The kind of thread users and greenlets run on. Virtual threads are cheap enough for tens of thousands of users;
 * platform threads are what native extensions need.
 */
public enum UserThreads {
  VIRTUAL,
  PLATFORM;

  /** Platform threads get a stack deep enough for Python's own recursion limit of 1000. */
  private static final long PLATFORM_STACK_BYTES = 16L << 20;

  /** What users begin with. */
  static UserThreads of(ThreadKind wanted) {
    return wanted == ThreadKind.PLATFORM ? PLATFORM : VIRTUAL;
  }

  /**
   * @param loader the context class loader: it must see GraalPy, and should see what Java libraries look for by name
   */
  Thread newThread(String name, ClassLoader loader, Runnable body) {
    Thread thread;
    if (this == VIRTUAL) {
      thread = Thread.ofVirtual().name(name).unstarted(body);
      CarriedState.attach(thread);
    } else {
      thread = Thread.ofPlatform().name(name).daemon().stackSize(PLATFORM_STACK_BYTES).unstarted(body);
    }
    // GraalPy finds its language through the context class loader; a foreign one breaks it in odd ways.
    thread.setContextClassLoader(loader);
    return thread;
  }
}
