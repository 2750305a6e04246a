package io.katydid.graalpy.grpc;

import java.util.function.BooleanSupplier;

/** How a thread that is in Python waits: others run meanwhile, and it can be killed. */
public interface Waiting {
  int DONE = 1;
  int TIMED_OUT = 0;
  int KILLED = -1;

  /**
   * Waits until `done` is true; asked again whenever the bell rings.
   *
   * @param seconds negative = for ever
   * @return DONE, TIMED_OUT or KILLED
   */
  int await(Bell bell, BooleanSupplier done, double seconds);
}
