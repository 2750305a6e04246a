package io.katydid.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which worker runs how many users of which class, step by step. One dispatcher lives from a test's start to
 * its stop; each change of the target is a new cycle on it.
 *
 * <p>The caller's loop: {@link #newDispatch}, then {@link #next} until it is empty, sending each placement and waiting
 * {@link DispatchStep#waitSeconds} less the time the sending took. Workers may join and leave at any time; the next
 * step then hands out a redistribution. Not thread safe, owned by the `runner` thread.
 */
public final class UsersDispatcher {
  private enum Phase { NOT_STARTED, RAMPING, ENDED }

  private final Set<String> members;
  private final List<DispatchClass> classes;
  private final List<String> classNames;

  private List<String> workers;
  private int[] chosen;
  private int[][] counts;
  private int[] perClass;
  private int userCount;
  private final PlacedUsers placed = new PlacedUsers();
  private ClassSequence sequence;
  private int nextWorker;
  private boolean fixedUsersMayLack = true;

  private int target;
  private int usersPerStep;
  private double stepSeconds;
  private Phase phase = Phase.ENDED;
  private boolean nothingToSpawn;
  private boolean rebalancePending;
  /** Members have changed, or users are to be dealt out anew, and that has not been done yet. */
  private boolean outdated;
  /** Whether one of the changes was a worker that joined. */
  private boolean joined;
  private boolean inProgress;

  /**
   * @param workers ids, each once; may be empty only if one is added before the first cycle
   * @param userClasses at least one, names unique
   */
  public UsersDispatcher(Collection<String> workers, Collection<DispatchClass> userClasses) {
    if (userClasses.isEmpty()) {
      throw new IllegalArgumentException("There is no user class to take users from.");
    }
    this.members = new LinkedHashSet<>(workers);
    List<DispatchClass> sorted = new ArrayList<>(userClasses);
    sorted.sort(Comparator.comparing(DispatchClass::name, CodePointOrder.INSTANCE));
    this.classes = List.copyOf(sorted);
    this.classNames = classes.stream().map(DispatchClass::name).toList();
    if (new HashSet<>(classNames).size() != classNames.size()) {
      throw new IllegalArgumentException("Two user classes have the same name: " + classNames + ".");
    }
    this.chosen = everyClass();
    this.workers = WorkerOrder.sorted(members);
    clearCounts();
    this.sequence = new ClassSequence(classes, chosen);
  }

  private int[] everyClass() {
    int[] all = new int[classes.size()];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private void clearCounts() {
    counts = new int[workers.size()][classes.size()];
    perClass = new int[classes.size()];
    userCount = 0;
    placed.clear();
    nextWorker = 0;
  }

  /**
   * Begins a cycle from the placement as it stands. A cycle that has not ended is given up.
   *
   * @param targetUserCount users wanted at the end, 0 or more
   * @param spawnRate users per second, more than 0
   * @param userClasses names of the classes new users are taken from, or null to go on with those of the last cycle
   */
  public void newDispatch(int targetUserCount, double spawnRate, Collection<String> userClasses) {
    if (targetUserCount < 0) {
      throw new IllegalArgumentException("The number of users must not be negative, but is " + targetUserCount + ".");
    }
    if (!(spawnRate > 0) || Double.isInfinite(spawnRate)) {
      throw new IllegalArgumentException("The spawn rate must be a positive number, not " + spawnRate + ".");
    }
    dealOut();
    if (workers.isEmpty()) {
      throw new IllegalStateException("There is no worker to place users on.");
    }
    if (userClasses != null) {
      choose(userClasses);
    }
    target = targetUserCount;
    usersPerStep = (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floor(spawnRate)));
    stepSeconds = usersPerStep / spawnRate;
    phase = Phase.NOT_STARTED;
    nothingToSpawn = false;
  }

  private void choose(Collection<String> names) {
    int[] wanted = names.stream().distinct().mapToInt(this::indexOf).sorted().toArray();
    if (!Arrays.equals(wanted, chosen)) {
      chosen = wanted;
      sequence = new ClassSequence(classes, chosen);
    }
  }

  private int indexOf(String name) {
    int index = classNames.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("There is no user class named " + name + "; there are " + classNames + ".");
    }
    return index;
  }

  /** The next step of the cycle, or empty if the cycle has ended. */
  public Optional<DispatchStep> next() {
    dealOut();
    switch (phase) {
      case NOT_STARTED -> {
        inProgress = true;
        phase = Phase.RAMPING;
        if (rebalancePending) {
          DispatchStep step = rebalanceStep();
          if (userCount == target) {
            phase = Phase.ENDED;
          }
          return Optional.of(step);
        }
        if (userCount == target) {
          endCycle();
          return Optional.of(step(false));
        }
        return Optional.of(ramp());
      }
      case RAMPING -> {
        if (rebalancePending) {
          return Optional.of(rebalanceStep());
        }
        if (userCount == target || nothingToSpawn && userCount < target) {
          endCycle();
          return Optional.empty();
        }
        return Optional.of(ramp());
      }
      default -> {
        return Optional.empty();
      }
    }
  }

  private void endCycle() {
    phase = Phase.ENDED;
    inProgress = false;
  }

  private DispatchStep rebalanceStep() {
    rebalancePending = false;
    return step(true);
  }

  private DispatchStep step(boolean rebalance) {
    boolean last = rebalance || userCount == target || nothingToSpawn;
    return new DispatchStep(placement(), last ? 0 : stepSeconds, rebalance);
  }

  private DispatchStep ramp() {
    if (userCount < target) {
      addUsers((int) Math.min((long) userCount + usersPerStep, target));
    } else {
      removeUsers(Math.max(userCount - usersPerStep, target));
    }
    return step(false);
  }

  private void addUsers(int wanted) {
    while (userCount < wanted) {
      if (fixedUsersMayLack && !sequence.insideFixedBlock()) {
        fixedUsersMayLack = false;
        sequence.beginFixedBlock(index -> perClass[index]);
      }
      int userClass = sequence.next();
      if (userClass == WeightedSequence.NOTHING) {
        nothingToSpawn = true;
        return;
      }
      counts[nextWorker][userClass]++;
      perClass[userClass]++;
      userCount++;
      placed.push(nextWorker, userClass);
      nextWorker = nextWorker + 1 == workers.size() ? 0 : nextWorker + 1;
    }
  }

  private void removeUsers(int wanted) {
    while (userCount > wanted) {
      placed.pop();
      counts[placed.poppedWorker()][placed.poppedClass()]--;
      perClass[placed.poppedClass()]--;
      userCount--;
    }
    fixedUsersMayLack = true;
  }

  /** A worker has joined (or come back): users are dealt out anew over all workers with the next step. */
  public void addWorker(String worker) {
    members.add(worker);
    joined = true;
    rebalance();
  }

  /**
   * A worker has left: its users are dealt out to the others, which keep their order, with the next step. Unknown ids
   * are ignored.
   */
  public void removeWorker(String worker) {
    if (members.remove(worker) && !members.isEmpty()) {
      rebalance();
    }
  }

  /**
   * Deals out the present number of users as if ramped up from zero; the next step hands the result out. The number may
   * get smaller if the chosen classes do not yield as many users.
   */
  public void rebalance() {
    outdated = true;
    rebalancePending = true;
  }

  /** Many workers may have joined and left since: the users are dealt out once. */
  private void dealOut() {
    if (!outdated || members.isEmpty()) {
      return;
    }
    outdated = false;
    workers = joined ? WorkerOrder.sorted(members) : workers.stream().filter(members::contains).toList();
    joined = false;
    int users = userCount;
    boolean nothingBefore = nothingToSpawn;
    clearCounts();
    fixedUsersMayLack = true;
    sequence = new ClassSequence(classes, chosen);
    addUsers(users);
    nothingToSpawn = nothingBefore;
  }

  /** What every worker shall run now. */
  public Placement placement() {
    dealOut();
    int[][] copy = new int[counts.length][];
    for (int w = 0; w < counts.length; w++) {
      copy[w] = counts[w].clone();
    }
    return new Placement(workers, classNames, copy);
  }

  public int userCount() {
    dealOut();
    return userCount;
  }

  /** The number of users the present or last cycle leads to. */
  public int target() {
    return target;
  }

  /** Nominal time between two steps of the present cycle, in seconds. */
  public double waitBetweenSteps() {
    return stepSeconds;
  }

  /** True if a redistribution waits to be handed out. */
  public boolean rebalancePending() {
    return rebalancePending;
  }

  /** True if the present cycle has more to hand out. */
  public boolean hasMore() {
    dealOut();
    return switch (phase) {
      case NOT_STARTED -> true;
      case RAMPING -> rebalancePending || userCount != target && !(nothingToSpawn && userCount < target);
      case ENDED -> false;
    };
  }

  /**
   * Locust's notion of a cycle in progress: as {@link #hasMore}, but it stays set after a cycle that only handed out a
   * redistribution. Whoever decides about starting a cycle wants {@link #hasMore}.
   */
  public boolean dispatchInProgress() {
    return inProgress;
  }
}
