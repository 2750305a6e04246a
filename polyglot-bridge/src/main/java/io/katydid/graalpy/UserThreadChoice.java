package io.katydid.graalpy;

import io.katydid.script.ThreadKind;

/**
 * Which kind of thread the users and greenlets of one context get: virtual ones, until compiled code (a Python package with
 * C or Rust in it) is loaded, and platform ones from then on. GraalPy keeps what it knows of a thread that calls compiled
 * code in the carrier, so on virtual threads exceptions get lost, and users that wait for the interpreter's lock in such
 * code pin carriers until nothing moves.
 *
 * <p>Owned by the context. Asked by whoever starts a thread; changed by whoever loads compiled code, under the gate.
 */
final class UserThreadChoice {
  private volatile UserThreads kind;
  /** Whether somebody has asked for virtual threads. */
  private volatile boolean virtualWanted;
  /** The first compiled module; null = none. */
  private volatile String compiled;
  private volatile boolean loading;

  UserThreadChoice(ThreadKind wanted) {
    this.kind = UserThreads.of(wanted);
    this.virtualWanted = wanted == ThreadKind.VIRTUAL;
  }

  /** What the run wants whose script is about to be loaded; its kind is that of the context. */
  void wanted(ThreadKind wanted) {
    virtualWanted = wanted == ThreadKind.VIRTUAL;
  }

  /** A script is being loaded, or has been: what it starts until then may use compiled code that it loads only afterwards. */
  void loading(boolean begins) {
    loading = begins;
  }

  UserThreads ofUsers() {
    return kind;
  }

  UserThreads ofGreenlets() {
    return loading && !virtualWanted ? UserThreads.PLATFORM : kind;
  }

  /** The first compiled module that was loaded; null = none. */
  String compiled() {
    return compiled;
  }

  /**
   * A compiled module is about to be loaded by the calling thread.
   *
   * @param module its name
   * @param usersRun there are users on virtual threads
   * @return why it must not be; null = it may, and users get platform threads from now on
   */
  String refusal(String module, boolean usersRun) {
    boolean onVirtual = Thread.currentThread().isVirtual();
    if (kind == UserThreads.VIRTUAL || onVirtual) {
      if (virtualWanted) {
        return module + " is compiled code, which does not work with '--user-threads virtual' (KATYDID_USER_THREADS). "
            + "Leave that away, then users run on platform threads.";
      }
      if (onVirtual || usersRun) {
        return module + " is compiled code, which cannot be loaded once users run on virtual threads. Import it at the top "
            + "of the locustfile, or give --user-threads platform.";
      }
    }
    kind = UserThreads.PLATFORM;
    if (compiled == null) {
      compiled = module;
    }
    return null;
  }
}
