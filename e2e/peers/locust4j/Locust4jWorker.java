import com.github.myzhan.locust4j.AbstractTask;
import com.github.myzhan.locust4j.Locust;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A locust4j worker for the tests: two requests that succeed and one that fails, fifty times over, then its users only
 * wait, so that what they have done can be compared with what the master has counted. Run as a source file, with
 * locust4j on the class path: Locust4jWorker.java MASTER_PORT TARGET_URL
 */
final class Locust4jWorker extends AbstractTask {
  private static final int ROUNDS = 50;

  private final AtomicInteger done = new AtomicInteger();
  private final String target;

  private Locust4jWorker(String target) {
    this.target = target;
  }

  public static void main(String[] args) {
    Locust locust = Locust.getInstance();
    locust.setMasterHost("127.0.0.1");
    locust.setMasterPort(Integer.parseInt(args[0]));
    locust.run(new Locust4jWorker(args[1]));
  }

  @Override
  public int getWeight() {
    return 1;
  }

  @Override
  public String getName() {
    return "round";
  }

  @Override
  public void execute() throws Exception {
    if (done.incrementAndGet() <= ROUNDS) {
      get("/ok/locust4j");
      get("/ok/locust4j");
      get("/fail/locust4j");
    }
    Thread.sleep(100);
  }

  private void get(String path) throws Exception {
    long begun = System.nanoTime();
    HttpURLConnection connection = (HttpURLConnection) URI.create(target + path).toURL().openConnection();
    int status = connection.getResponseCode();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    if (status >= 400) {
      Locust.getInstance().recordFailure("GET", path, millis, "status " + status);
    } else {
      int length = connection.getInputStream().readAllBytes().length;
      Locust.getInstance().recordSuccess("GET", path, millis, length);
    }
  }
}
