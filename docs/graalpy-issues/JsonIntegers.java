import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/** json.loads with integers, before and after a second thread has been in the context; with and without parse_int. */
public class JsonIntegers {
  static final String SETUP =
      """
      import json, time
      text = json.dumps({"items": [{"id": n, "count": n * 3} for n in range(20)]})
      def own_int(s):
          return int(s)
      def micros(parse_int):
          begun = time.perf_counter()
          for _ in range(2000):
              json.loads(text, parse_int=parse_int)
          return (time.perf_counter() - begun) / 2000 * 1e6
      """;

  public static void main(String[] args) throws InterruptedException {
    try (Context context = Context.newBuilder("python").allowAllAccess(true).option("engine.WarnInterpreterOnly", "false").build()) {
      context.eval("python", SETUP);
      Value micros = context.eval("python", "micros");
      Value ownInt = context.eval("python", "own_int");
      for (int round = 0; round < 3; round++) {
        show("one thread", micros, ownInt);
      }
      Thread other = new Thread(() -> context.eval("python", "1 + 1"));
      other.start();
      other.join();
      for (int round = 0; round < 3; round++) {
        show("after a second thread", micros, ownInt);
      }
    }
  }

  static void show(String when, Value micros, Value ownInt) {
    System.out.printf("%-22s plain %7.1f us, with parse_int %7.1f us%n",
        when, micros.execute((Object) null).asDouble(), micros.execute(ownInt).asDouble());
  }
}
