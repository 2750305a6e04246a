package io.katydid.runner;

import java.util.concurrent.TimeUnit;

/**
 * How long killed users are waited for. Users that obey may take their time for their on_stop. Users that do not obey (their
 * code swallows GreenletExit, or waits in Java) get {@link #STUBBORN_NANOS} from the last moment one of them did: then the
 * run ends without them. Owned by the thread that waits; times are on one scale of nanoseconds.
 */
final class KillGrace {
  /**
   * Longer than a user may compute at the end of a test ({@link NodeRunner}), so that those who wait for it have their turn; and
   * what a stop or a quit takes at most, after the stop timeout, because of users that do not obey.
   */
  static final long STUBBORN_NANOS = TimeUnit.SECONDS.toNanos(10);
  /** How long users may take for their on_stop before they are counted as gone anyway. */
  static final long LEAVING_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final long begun;
  private int stubborn = Integer.MAX_VALUE;
  private long stubbornSince;

  /** @param now when they were killed */
  KillGrace(long now) {
    this.begun = now;
    this.stubbornSince = now;
  }

  /**
   * Whether nobody is waited for any longer.
   *
   * @param stubbornNow users that have not obeyed yet
   * @param leavingNow users that are at their on_stop
   */
  boolean over(long now, int stubbornNow, int leavingNow) {
    if (stubbornNow < stubborn) {
      stubborn = stubbornNow;
      stubbornSince = now;
    }
    if (stubbornNow + leavingNow == 0 || now - begun >= LEAVING_NANOS) {
      return true;
    }
    return leavingNow == 0 && now - stubbornSince >= STUBBORN_NANOS;
  }
}
