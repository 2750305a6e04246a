package io.katydid.runner;

import io.katydid.script.NewUser;
import io.katydid.script.RunControl;
import io.katydid.script.Script;
import io.katydid.script.ScriptUser;
import io.katydid.script.ShapeStep;
import io.katydid.script.UserClass;
import io.katydid.stats.RequestStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A script in a few lines of Java: users are virtual threads that count requests; everything else is written down. */
final class JavaScript implements Script {
  final AtomicLong requests = new AtomicLong();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final ConcurrentLinkedQueue<ShapeStep> shapeSteps = new ConcurrentLinkedQueue<>();
  /** Users that have been told to end wait for this. */
  volatile CountDownLatch mayEnd = new CountDownLatch(0);
  /** The class whose users cannot be made; null = all can. */
  volatile String broken;
  /** How many could not be made. */
  final AtomicLong notMade = new AtomicLong();
  private final RequestStats stats;

  JavaScript(RequestStats stats) {
    this.stats = stats;
  }

  @Override
  public List<UserClass> userClasses() {
    return List.of(
        new UserClass("A", 1, 0, "http://localhost", List.of()),
        new UserClass("B", 1, 0, "http://localhost", List.of()));
  }

  @Override
  public ScriptUser spawn(String userClass, NewUser making, Consumer<ScriptUser> onEnd) {
    return new CountingUser(userClass, make(userClass, making), onEnd);
  }

  private boolean make(String userClass, NewUser making) {
    if (!making.wanted()) {
      return false;
    }
    if (userClass.equals(broken)) {
      notMade.incrementAndGet();
      making.failed();
      return false;
    }
    making.made();
    return true;
  }

  private final class CountingUser implements ScriptUser {
    private final String userClass;
    private final Thread thread;

    CountingUser(String userClass, boolean made, Consumer<ScriptUser> onEnd) {
      this.userClass = userClass;
      this.thread = Thread.ofVirtual().unstarted(() -> {
        while (made && !Thread.currentThread().isInterrupted()) {
          stats.logRequest("GET", "/" + userClass, 5, 10, System.currentTimeMillis() / 1000.0);
          requests.incrementAndGet();
          try {
            Thread.sleep(20);
          } catch (InterruptedException e) {
            break;
          }
        }
        await(mayEnd);
        onEnd.accept(this);
      });
      thread.start();
    }

    private static void await(CountDownLatch latch) {
      while (true) {
        try {
          latch.await();
          return;
        } catch (InterruptedException e) {
          // A kill does not end this user either.
        }
      }
    }

    @Override
    public String userClass() {
      return userClass;
    }

    @Override
    public boolean alive() {
      return thread.isAlive();
    }

    @Override
    public void stopGracefully() {
      thread.interrupt();
    }

    @Override
    public void kill() {
      thread.interrupt();
    }

    @Override
    public boolean leaves() {
      return thread.isInterrupted();
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
      return thread.join(timeout);
    }
  }

  @Override
  public void fire(String event, Map<String, ?> arguments) {
    if (event.equals("test_start")) {
      requests.set(0);
    }
    if (!event.startsWith("heartbeat")) {
      calls.add(event);
    }
  }

  @Override
  public Map<String, Object> fireReport(String event, String clientId, Map<String, Object> data) {
    if (event.equals("worker_report")) {
      if (data.containsKey("added")) {
        calls.add("report with " + data.get("added"));
      }
      return null; // as if nobody had listened
    }
    if (requests.get() % 2 == 1) {
      throw new IllegalStateException("the listener failed");
    }
    Map<String, Object> more = new LinkedHashMap<>(data);
    more.put("added", 3);
    return more;
  }

  @Override
  public boolean deliver(String type, Object data, String nodeId) {
    calls.add(type + " " + data);
    return type.equals("mine");
  }

  @Override
  public Optional<ShapeStep> tick(String shape) {
    return Optional.ofNullable(shapeSteps.peek());
  }

  @Override
  public void setOption(String dest, Object value) {
    calls.add("option " + dest + " " + value);
  }

  @Override
  public void updateUserClass(Map<String, Object> change) {
    calls.add("update " + change);
  }

  @Override
  public void setHost(String host) {
    calls.add("host " + host);
  }

  @Override
  public List<String> shapes() {
    return List.of("Steps");
  }

  @Override
  public boolean shapeUsesCommonOptions(String shape) {
    return false;
  }

  @Override
  public List<Map<String, Object>> customOptions() {
    return new ArrayList<>();
  }

  @Override
  public void setOptions(Map<String, Object> options, List<GivenWords> custom) {
    calls.add("options");
  }

  @Override
  public Map<String, Object> customValues() {
    return Map.of();
  }

  @Override
  public void selectClasses(List<String> names) {
    calls.add("classes " + names);
  }

  @Override
  public void filterTags(List<String> include, List<String> exclude) {
    calls.add("tags " + include + " " + exclude);
  }

  @Override
  public void equalWeights() {
    calls.add("equal weights");
  }

  @Override
  public void init(RunControl run) {
    calls.add("init");
  }

  @Override
  public void resetShape(String shape) {
    calls.add("reset shape");
  }

  @Override
  public Optional<Integer> exitCode() {
    return Optional.empty();
  }

  @Override
  public Optional<Integer> exited() {
    return Optional.empty();
  }

  @Override
  public boolean unhandledException() {
    return false;
  }

  @Override
  public double pythonWaitMillis() {
    return 0;
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
