package io.katydid.graalpy;

import io.katydid.dispatch.DispatchClass;
import io.katydid.dispatch.DispatchStep;
import io.katydid.dispatch.UsersDispatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * A dispatcher that a program makes itself: the Java side of {@code locust.dispatch.UsersDispatcher}. It decides as the
 * runners do, but has no part in any run. Called with the gate held, so by one thread at a time.
 */
public final class PythonDispatcher {
  private final UsersDispatcher dispatcher;
  private DispatchStep last;

  /** @param classes rows of name, weight, fixed count */
  PythonDispatcher(Value workers, Value classes) {
    List<DispatchClass> all = new ArrayList<>();
    for (Object row : (List<?>) PlainData.toJava(classes)) {
      List<?> values = (List<?>) row;
      all.add(new DispatchClass(
          (String) values.get(0), ((Number) values.get(1)).doubleValue(), ((Number) values.get(2)).intValue()));
    }
    this.dispatcher = new UsersDispatcher(PlainData.strings(workers), all);
  }

  @HostAccess.Export
  public void newDispatch(int targetUserCount, double spawnRate, Value classNames) {
    dispatcher.newDispatch(
        targetUserCount, spawnRate, classNames.isNull() ? null : PlainData.strings(classNames));
  }

  /** The next step: users of each class on each worker; null at the end of the cycle. */
  @HostAccess.Export
  public Map<String, Map<String, Integer>> next() {
    last = dispatcher.next().orElse(null);
    return last == null ? null : last.placement().byWorker();
  }

  /** Whether the step after the last one is due only after the wait. */
  @HostAccess.Export
  public boolean waits() {
    return last != null && last.waitSeconds() > 0;
  }

  @HostAccess.Export
  public double waitBetweenSteps() {
    return dispatcher.waitBetweenSteps();
  }

  @HostAccess.Export
  public void addWorker(String worker) {
    dispatcher.addWorker(worker);
  }

  @HostAccess.Export
  public void removeWorker(String worker) {
    dispatcher.removeWorker(worker);
  }

  @HostAccess.Export
  public boolean rebalancePending() {
    return dispatcher.rebalancePending();
  }

  @HostAccess.Export
  public boolean dispatchInProgress() {
    return dispatcher.dispatchInProgress();
  }

  @HostAccess.Export
  public int userCount() {
    return dispatcher.userCount();
  }

  @HostAccess.Export
  public int userCountOf(String className) {
    return dispatcher.placement().byClass().getOrDefault(className, 0);
  }
}
