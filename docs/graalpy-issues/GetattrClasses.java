import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/** Reading an attribute that is there, of an object whose class has __getattr__ and of one whose class has not. */
public class GetattrClasses {
  static final String SETUP =
      """
      import time
      class Plain:
          def __init__(self):
              self.value = 1
      class Late(Plain):
          def __getattr__(self, name):
              raise AttributeError(name)
      def nanos(thing):
          begun = time.perf_counter()
          for _ in range(200000):
              thing.value
          return (time.perf_counter() - begun) / 200000 * 1e9
      """;

  public static void main(String[] args) {
    try (Context context = Context.newBuilder("python").allowAllAccess(true).option("engine.WarnInterpreterOnly", "false").build()) {
      context.eval("python", SETUP);
      Value plain = context.eval("python", "lambda: nanos(Plain())");
      Value late = context.eval("python", "lambda: nanos(Late())");
      for (int round = 0; round < 5; round++) {
        System.out.printf("without __getattr__ %6.0f ns, with %6.0f ns%n",
            plain.execute().asDouble(), late.execute().asDouble());
      }
    }
  }
}
