import io.katydid.dispatch.DispatchClass;
import io.katydid.dispatch.UsersDispatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Milliseconds to deal out all users anew when a worker joins: the first time and the median of the others. */
final class Planning {
  private static final int ROUNDS = 21;

  private Planning() {}

  public static void main(String[] args) {
    int users = Integer.parseInt(args[0]);
    int workers = Integer.parseInt(args[1]);
    List<DispatchClass> classes = List.of(new DispatchClass("A", 3, 0), new DispatchClass("B", 2, 0),
        new DispatchClass("C", 1, 0));
    double[] millis = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      List<String> ids = new ArrayList<>();
      for (int i = 1; i < workers; i++) {
        ids.add("host" + i % 100 + "_" + i);
      }
      UsersDispatcher dispatcher = new UsersDispatcher(ids, classes);
      dispatcher.newDispatch(users, users, null);
      while (dispatcher.next().isPresent()) {
        // ramped up
      }
      long begun = System.nanoTime();
      dispatcher.addWorker("host0_0");
      dispatcher.newDispatch(users, users, null);
      int placed = dispatcher.next().orElseThrow().placement().total();
      millis[round] = (System.nanoTime() - begun) / 1e6;
      if (placed != users) {
        throw new IllegalStateException("only " + placed + " users were placed");
      }
    }
    double first = millis[0];
    Arrays.sort(millis);
    System.out.printf("%.2f %.2f%n", first, millis[ROUNDS / 2]);
  }
}
