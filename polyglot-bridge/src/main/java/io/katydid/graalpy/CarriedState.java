package io.katydid.graalpy;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;

/**
 * What Truffle keeps in the carrier for the virtual thread it carries: which context it is in, as which of the context's
 * threads, and whether it is wanted at the next safepoint. Compiled Python reads both there, so they must come and go with
 * the virtual thread.
 *
 * <p>Truffle has the JVM's tool interface (JVMTI) announce every switch to do that: four announcements a wait, and what it
 * kept is behind two calls out of the JVM and a map. This is told by the scheduler's own task instead, which it wraps. A
 * prepared runtime keeps Truffle from asking for announcements ({@link SilentTruffle}), and the launcher says so with
 * {@link #PROPERTY}; without it, and on the interpreter, all is left to Truffle. Both at once also work: they set the same
 * values.
 *
 * <p>One for each virtual thread that may enter a context; others must not, see docs/design/threads-and-gate.md. Called by
 * the carrier around each stretch for which it carries the thread.
 */
final class CarriedState implements Runnable {
  /** The system property that the launcher gives together with the class of {@link SilentTruffle}, which makes this necessary. */
  static final String PROPERTY = "katydid.carriedState";

  private static final boolean OURS = Boolean.getBoolean(PROPERTY);

  /** Truffle's and the JVM's own parts that this needs: none of them is public. */
  private static final class Access {
    private static final Field TASK;
    /** Object() and void(Object): gets and sets which context the calling carrier is in, and as whom. */
    private static final MethodHandle PLACE;
    private static final MethodHandle SET_PLACE;
    /** Object(Thread): a thread's safepoint; boolean(Object): whether something is to be done there. */
    private static final MethodHandle SAFEPOINT;
    private static final MethodHandle WANTED;
    /** void(Thread): sends compiled code of that thread to its safepoint; void(): lets the calling carrier's pass it. */
    private static final MethodHandle CALL;
    private static final MethodHandle CALL_OFF;

    static {
      try {
        TASK = Class.forName("java.lang.VirtualThread").getDeclaredField("runContinuation");
        TASK.setAccessible(true);

        Class<?> place = Class.forName("com.oracle.truffle.runtime.hotspot.HotSpotFastThreadLocal");
        Class<?> jvm = Class.forName("jdk.vm.ci.hotspot.HotSpotJVMCIRuntime");
        Object theJvm = within(place).findStaticGetter(place, "RUNTIME", jvm).invoke();
        MethodHandles.Lookup here = MethodHandles.lookup();
        MethodHandle get = here.findVirtual(jvm, "getThreadLocalObject", methodType(Object.class, int.class));
        MethodHandle set = here.findVirtual(jvm, "setThreadLocalObject", methodType(void.class, int.class, Object.class));
        PLACE = MethodHandles.insertArguments(get, 0, theJvm, 0);
        SET_PLACE = MethodHandles.insertArguments(set, 0, theJvm, 0);

        Class<?> safepoints = Class.forName("com.oracle.truffle.api.impl.ThreadLocalHandshake");
        Class<?> safepoint = Class.forName("com.oracle.truffle.api.impl.ThreadLocalHandshake$TruffleSafepointImpl");
        Class<?> jvmSafepoints = Class.forName("com.oracle.truffle.runtime.hotspot.HotSpotThreadLocalHandshake");
        MethodHandles.Lookup inside = within(jvmSafepoints);
        Object theSafepoints = inside.findStaticGetter(jvmSafepoints, "SINGLETON", jvmSafepoints).invoke();
        SAFEPOINT =
            within(safepoints).findVirtual(safepoints, "getThreadState", methodType(safepoint, Thread.class))
                .bindTo(theSafepoints).asType(methodType(Object.class, Thread.class));
        WANTED =
            within(safepoint).findVirtual(safepoint, "isFastPendingSet", methodType(boolean.class))
                .asType(methodType(boolean.class, Object.class));
        CALL = inside.findVirtual(jvmSafepoints, "setFastPending", methodType(void.class, Thread.class)).bindTo(theSafepoints);
        CALL_OFF = inside.findVirtual(jvmSafepoints, "clearFastPending", methodType(void.class)).bindTo(theSafepoints);
      } catch (Throwable e) {
        throw new IllegalStateException(
            "This JVM or GraalPy is not the one that -D" + PROPERTY + " was written for. Set KATYDID_CARRIED_STATE=no, for"
                + " 'katydid prepare' and for runs.",
            e);
      }
    }

    private static MethodHandles.Lookup within(Class<?> owner) throws IllegalAccessException {
      return MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
    }
  }

  private final Runnable task;
  private final Object safepoint;
  /** Where the thread is while it is not carried; written by the carrier that leaves it, read by the next. */
  private Object place;
  private volatile boolean carried;

  private CarriedState(Runnable task, Object safepoint) {
    this.task = task;
    this.safepoint = safepoint;
  }

  /** Does it for a virtual thread that has not been started, if the launcher wants it. */
  static void attach(Thread thread) {
    if (!OURS) {
      return;
    }
    try {
      Runnable task = (Runnable) Access.TASK.get(thread);
      Access.TASK.set(thread, new CarriedState(task, Access.SAFEPOINT.invokeExact(thread)));
    } catch (Throwable e) {
      throw inTruffle(e);
    }
  }

  /**
   * Sends a thread to its safepoint once more if it is wanted there. Needed now and then for a thread that computes: one
   * that was called in the moment between its carrier's look and its being carried has not heard it.
   */
  static void remind(Thread thread) {
    if (!OURS || !thread.isVirtual()) {
      return;
    }
    try {
      if (Access.TASK.get(thread) instanceof CarriedState state && (boolean) Access.WANTED.invokeExact(state.safepoint)) {
        Access.CALL.invokeExact(thread);
      }
    } catch (Throwable e) {
      throw inTruffle(e);
    }
  }

  /** Carries the thread until it waits or ends. Called by the carrier. */
  @Override
  public void run() {
    // The task makes the thread ready again before it returns: another carrier can be here while this one still leaves.
    while (carried) {
      Thread.yield();
    }
    carried = true;
    try {
      Access.SET_PLACE.invokeExact(place);
      if ((boolean) Access.WANTED.invokeExact(safepoint)) {
        Access.CALL.invokeExact(Thread.currentThread());
      } else {
        Access.CALL_OFF.invokeExact();
      }
      task.run();
    } catch (Throwable e) {
      throw inTruffle(e);
    } finally {
      leave();
      carried = false;
    }
  }

  private void leave() {
    try {
      place = (Object) Access.PLACE.invokeExact();
      Access.SET_PLACE.invokeExact((Object) null);
    } catch (Throwable e) {
      throw inTruffle(e);
    }
  }

  /** None of the methods called declares anything: what comes out is an error or an exception that passes. */
  private static RuntimeException inTruffle(Throwable e) {
    return switch (e) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      default -> new IllegalStateException(e);
    };
  }
}
