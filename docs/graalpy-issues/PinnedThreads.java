import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/**
 * Thousands of virtual threads compute and sleep in one context. Prints the rounds made in each second; with few carriers
 * it often comes to a stand, with every carrier pinned by a thread that waits for the interpreter lock. Run it with
 * -Djdk.virtualThreadScheduler.parallelism=2. Ends after a minute.
 */
public class PinnedThreads {
  static final int THREADS = 3_000;
  static final LongAdder ROUNDS = new LongAdder();

  static final String SETUP =
      """
      import time
      def live(count):
          while True:
              sum(range(2000))
              count()
              time.sleep(0.5)
      """;

  public static void main(String[] args) throws InterruptedException {
    Context context =
        Context.newBuilder("python")
            .allowAllAccess(true)
            .option("engine.WarnInterpreterOnly", "false")
            .build();
    context.eval("python", SETUP);
    Value live = context.eval("python", "live");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(Thread.ofVirtual().start(() -> live.executeVoid((Runnable) ROUNDS::increment)));
    }
    long before = 0;
    int still = 0;
    for (int second = 1; second <= 60 && still < 10; second++) {
      Thread.sleep(1000);
      long now = ROUNDS.sum();
      System.out.printf("%2d s: %d rounds%n", second, now - before);
      still = now == before ? still + 1 : 0;
      before = now;
    }
    System.out.println(still == 10 ? "Nothing has moved for ten seconds." : "It did not stop this time.");
    Runtime.getRuntime().halt(0);
  }
}
