package io.katydid.cluster;

import io.katydid.dispatch.DispatchStep;
import io.katydid.dispatch.Placement;
import io.katydid.dispatch.UsersDispatcher;
import java.util.Optional;
import java.util.function.Consumer;

/** Hands out the steps of one dispatch cycle in time (spec wire-protocol, section 7.4). Owned by the timeline. */
final class SpawnRamp {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Timeline time;
  private Timeline.Timer nextStep;
  private long cycle;

  SpawnRamp(Timeline time) {
    this.time = time;
  }

  /** Begins a cycle in place of the one under way. The first step goes out before this returns. */
  void begin(UsersDispatcher dispatcher, Consumer<Placement> send, Runnable onEnd) {
    cancel();
    step(cycle, dispatcher, send, onEnd);
  }

  private void step(long ofCycle, UsersDispatcher dispatcher, Consumer<Placement> send, Runnable onEnd) {
    if (ofCycle != cycle) {
      return;
    }
    long begun = time.nanos();
    Optional<DispatchStep> step = dispatcher.next();
    if (step.isEmpty()) {
      onEnd.run();
      return;
    }
    send.accept(step.get().placement());
    double left = step.get().waitSeconds() - (time.nanos() - begun) / NANOS_PER_SECOND;
    if (ofCycle == cycle) {
      nextStep = time.after(Math.max(0, left), () -> step(ofCycle, dispatcher, send, onEnd));
    }
  }

  /** Gives up the cycle under way; its end is not told. */
  void cancel() {
    cycle++;
    if (nextStep != null) {
      nextStep.cancel();
      nextStep = null;
    }
  }
}
