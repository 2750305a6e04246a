import org.graalvm.polyglot.Context;

/**
 * A function that is called three times and searches a string from its end. Run it with a compiler and
 * -Dpolyglot.engine.TraceCompilationDetails=true -Dpolyglot.engine.FirstTierCompilationThreshold=5000: it is queued for
 * compilation with a count of more than a million. The same with partition is not.
 */
public class RpartitionCompiles {
  static final String SETUP =
      """
      def from_the_end(name):
          return name.rpartition(".")[0]
      def from_the_start(name):
          return name.partition(".")[0]
      for _ in range(3):
          from_the_end("one.two.three")
          from_the_start("one.two.three")
      """;

  public static void main(String[] args) throws InterruptedException {
    try (Context context = Context.newBuilder("python").allowAllAccess(true).allowExperimentalOptions(true).build()) {
      context.eval("python", SETUP);
      Thread.sleep(2_000);
    }
  }
}
