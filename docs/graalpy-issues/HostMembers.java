import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** Calling a method of a Java object: looked up at each call, and read once. */
public class HostMembers {
  public static final class Host {
    @HostAccess.Export
    public int answer() {
      return 42;
    }
  }

  static final String SETUP =
      """
      import time
      def each_time(host):
          begun = time.perf_counter()
          for _ in range(100000):
              host.answer()
          return (time.perf_counter() - begun) / 100000 * 1e9
      def read_once(host):
          answer = host.answer
          begun = time.perf_counter()
          for _ in range(100000):
              answer()
          return (time.perf_counter() - begun) / 100000 * 1e9
      """;

  public static void main(String[] args) {
    try (Context context = Context.newBuilder("python").allowAllAccess(true).option("engine.WarnInterpreterOnly", "false").build()) {
      context.eval("python", SETUP);
      Value eachTime = context.eval("python", "each_time");
      Value readOnce = context.eval("python", "read_once");
      for (int round = 0; round < 5; round++) {
        System.out.printf("each time %6.0f ns, read once %6.0f ns%n",
            eachTime.execute(new Host()).asDouble(), readOnce.execute(new Host()).asDouble());
      }
    }
  }
}
