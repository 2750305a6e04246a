package io.katydid.runner;

import io.katydid.log.Level;
import io.katydid.log.Log;
import io.katydid.script.Script;
import io.katydid.script.ScriptUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The users of one process: starts and stops them until each class has the wanted number. {@link #apply} and {@link
 * #stopAll} belong to the runner's thread; counts may be read from any thread, and users that end by themselves leave
 * from theirs.
 */
public final class UserPool {
  /** Waits for users are cut short after so long when all users are to end. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private static final class ClassUsers {
    final Set<ScriptUser> users = ConcurrentHashMap.newKeySet();
    final AtomicInteger count = new AtomicInteger();
  }

  private final Script script;
  private final Log log;
  private final Map<String, ClassUsers> classes = new ConcurrentHashMap<>();
  /** Whether all users are to end, so that nobody need wait any longer for some of them. */
  private volatile boolean allWanted;

  public UserPool(Script script, Log log) {
    this.script = script;
    this.log = log;
  }

  /** Running users of all classes. */
  public int size() {
    int sum = 0;
    for (ClassUsers users : classes.values()) {
      sum += users.count.get();
    }
    return sum;
  }

  /** Running users by class, sorted by name; classes that never had a user are missing. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    classes.forEach((name, users) -> counts.put(name, users.count.get()));
    return counts;
  }

  /**
   * Starts what is missing, then stops what is too much. Classes that are not named stay as they are. Blocks until the new
   * users have been made and the surplus users have ended, or all are to end.
   *
   * @param wanted absolute number of users by class
   * @param stopTimeout how long a surplus user may finish its task; zero = it is killed at once
   * @param onTimeout told when that time is over before they all have ended
   * @return false if a user could not be made: nothing more has been done then
   */
  public boolean apply(Map<String, Integer> wanted, Duration stopTimeout, Runnable onTimeout) {
    if (size() == 0) {
      classes.clear(); // classes of a locustfile that is no longer loaded
    }
    List<ScriptUser> surplus = new ArrayList<>();
    Map<String, Integer> missing = new LinkedHashMap<>();
    wanted.forEach(
        (name, number) -> {
          int lack = number - of(name).count.get();
          if (lack > 0) {
            missing.put(name, lack);
          }
        });
    if (!missing.isEmpty() && log.shows(Level.DEBUG)) {
      log.debug("Spawning additional " + RunLog.counts(missing) + " (" + RunLog.counts(counts())
          + " already running)...");
    }
    NewUsers made = new NewUsers(missing.values().stream().mapToInt(Integer::intValue).sum());
    missing.forEach(
        (name, number) -> {
          for (int i = 0; i < number; i++) {
            startOne(name, made.next());
          }
        });
    if (!awaitMade(made)) {
      return false;
    }
    wanted.forEach((name, number) -> surplus.addAll(take(name, of(name).count.get() - number)));
    stop(surplus, stopTimeout, onTimeout, () -> allWanted);
    return true;
  }

  /** Waits for the new users, at most until all users are to end; false if one could not be made. */
  private boolean awaitMade(NewUsers users) {
    try {
      while (!users.await(LOOK) && !allWanted) {
        // Users may take their time in __init__.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !users.haveFailed();
  }

  private ClassUsers of(String name) {
    return classes.computeIfAbsent(name, key -> new ClassUsers());
  }

  private void startOne(String name, NewUsers.One making) {
    ClassUsers users = of(name);
    users.count.incrementAndGet();
    ScriptUser user =
        script.spawn(
            name,
            making,
            ended -> {
              making.ended();
              forget(users, ended);
            });
    users.users.add(user);
    if (!user.alive()) {
      users.users.remove(user);
    }
  }

  private static void forget(ClassUsers users, ScriptUser ended) {
    users.count.decrementAndGet();
    users.users.remove(ended);
  }

  /** Any users of a class; they stay counted until they have ended. */
  private List<ScriptUser> take(String name, int number) {
    List<ScriptUser> taken = new ArrayList<>();
    for (ScriptUser user : of(name).users) {
      if (taken.size() >= number) {
        break;
      }
      if (user.alive()) {
        taken.add(user);
      }
    }
    return taken;
  }

  /** A {@link #stopAll} is going to come: {@link #apply} leaves users to it that it still waits for. Any thread. */
  public void expectStopAll() {
    allWanted = true;
  }

  /** Stops all users and waits for them; those that do not obey are left after a while ({@link KillGrace}). */
  public void stopAll(Duration stopTimeout, Runnable onTimeout) {
    allWanted = false;
    List<ScriptUser> all = new ArrayList<>();
    classes.values().forEach(users -> all.addAll(users.users));
    stop(all, stopTimeout, onTimeout, () -> false);
  }

  /** @param cutShort whether to leave the users to somebody else now */
  private static void stop(
      List<ScriptUser> users, Duration stopTimeout, Runnable onTimeout, BooleanSupplier cutShort) {
    if (!stopTimeout.isZero() && !users.isEmpty()) {
      users.forEach(ScriptUser::stopGracefully);
      if (joinAll(users, stopTimeout, cutShort) || cutShort.getAsBoolean()) {
        return;
      }
      onTimeout.run();
    }
    users.forEach(ScriptUser::kill);
    awaitKilled(users, cutShort);
  }

  private static void awaitKilled(List<ScriptUser> users, BooleanSupplier cutShort) {
    KillGrace grace = new KillGrace(System.nanoTime());
    List<ScriptUser> left = new ArrayList<>(users);
    try {
      while (true) {
        left.removeIf(user -> !user.alive());
        int leaving = (int) left.stream().filter(ScriptUser::leaves).count();
        if (grace.over(System.nanoTime(), left.size() - leaving, leaving) || cutShort.getAsBoolean()) {
          return;
        }
        left.getFirst().join(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean joinAll(List<ScriptUser> users, Duration timeout, BooleanSupplier cutShort) {
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean all = true;
    try {
      for (ScriptUser user : users) {
        all &= join(user, deadline, cutShort);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return all;
  }

  private static boolean join(ScriptUser user, long deadline, BooleanSupplier cutShort) throws InterruptedException {
    while (true) {
      long left = Math.max(0, deadline - System.nanoTime());
      if (user.join(Duration.ofNanos(Math.min(left, LOOK.toNanos())))) {
        return true;
      }
      if (left == 0 || cutShort.getAsBoolean()) {
        return false;
      }
    }
  }
}
