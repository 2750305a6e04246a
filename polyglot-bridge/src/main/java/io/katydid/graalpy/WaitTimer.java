package io.katydid.graalpy;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Rings alarms at their time, thousands a second, on one thread that owns the heap of them. Who sets an alarm only leaves
 * it where the thread will find it. A timer with a lock around its heap, as the JDK's, makes the users' threads queue
 * there as soon as its own thread has to wait for a processor while it holds it.
 *
 * <p>{@link #set}, {@link #callOff} and {@link #close} are for any thread and never block; {@link Alarm#ring} runs on the
 * timer's. Alarms are never early; they may be late by a fifth of a millisecond, so that one awakening serves several.
 */
final class WaitTimer implements AutoCloseable {
  private static final long SHORTEST_SLEEP_NANOS = TimeUnit.MICROSECONDS.toNanos(150);
  /** So many that were called off may stay in the heap, and as many as there are others. */
  private static final int CALLED_OFF_KEPT = 1_000;

  /** Something to do later. Set at most once at a time. */
  abstract static class Alarm {
    /** On the scale of {@link System#nanoTime}. */
    private long atNanos;
    /** The one set before it that the thread has not found yet. */
    private Alarm before;
    private volatile boolean calledOff;

    /** Does it. What it throws is reported, and other alarms ring all the same. */
    abstract void ring();
  }

  private final Thread thread;
  private final AtomicReference<Alarm> found = new AtomicReference<>();
  private final AtomicInteger calledOff = new AtomicInteger();
  private volatile boolean closed;
  /** Until when the thread sleeps unless it is woken; a moment that is over while it is awake. */
  private volatile long sleepsUntilNanos = System.nanoTime();
  /** The thread's own. */
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>((a, b) -> Long.signum(a.atNanos - b.atNanos));

  WaitTimer(String name) {
    thread = Thread.ofPlatform().name(name).daemon().start(this::run);
  }

  /** Has the alarm ring after so many nanoseconds, at most half of the scale; false if the timer is closed: it never will. */
  boolean set(Alarm alarm, long afterNanos) {
    alarm.atNanos = System.nanoTime() + Math.min(afterNanos, Long.MAX_VALUE / 2);
    Alarm before;
    do {
      before = found.get();
      alarm.before = before;
    } while (!found.compareAndSet(before, alarm));
    // Either the thread sees the alarm before it sleeps, or this sees until when it sleeps.
    if (alarm.atNanos - sleepsUntilNanos < 0) {
      LockSupport.unpark(thread);
    }
    return !closed;
  }

  /** The alarm need not ring any more, although it still may. */
  void callOff(Alarm alarm) {
    alarm.calledOff = true;
    if (calledOff.incrementAndGet() % CALLED_OFF_KEPT == 0) {
      LockSupport.unpark(thread);
    }
  }

  /** Alarms that have not rung by now never will. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      collect();
      long now = System.nanoTime();
      while (!alarms.isEmpty() && alarms.peek().atNanos - now <= 0) {
        ring(alarms.poll());
      }
      sleep();
    }
  }

  private void collect() {
    // Read first: those counted have been set before, so they are among the found or in the heap, and are removed below.
    int unneeded = calledOff.get();
    for (Alarm alarm = found.getAndSet(null); alarm != null; ) {
      Alarm before = alarm.before;
      alarm.before = null;
      alarms.add(alarm);
      alarm = before;
    }
    if (unneeded >= CALLED_OFF_KEPT && unneeded >= alarms.size() / 2) {
      calledOff.addAndGet(-unneeded);
      alarms.removeIf(alarm -> alarm.calledOff);
    }
  }

  private static void ring(Alarm alarm) {
    if (alarm.calledOff) {
      return;
    }
    try {
      alarm.ring();
    } catch (RuntimeException | Error e) {
      Thread mine = Thread.currentThread();
      mine.getUncaughtExceptionHandler().uncaughtException(mine, e);
    }
  }

  private void sleep() {
    long now = System.nanoTime();
    Alarm first = alarms.peek();
    long sleep = first == null ? Long.MAX_VALUE / 2 : Math.max(first.atNanos - now, SHORTEST_SLEEP_NANOS);
    sleepsUntilNanos = now + sleep;
    if (found.get() == null && !closed) {
      LockSupport.parkNanos(this, sleep);
    }
    sleepsUntilNanos = System.nanoTime();
  }
}
