package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users of the compiled runtime that block in every way there is: what belongs to a thread stays with it, on whatever
 * carrier it goes on, and one that computes hears what it is told.
 */
class CompiledThreadsTest {
  private static final int PATIENCE = 180;
  private static final String SCRIPT =
      """
      import contextvars, random, socket, subprocess, sys, threading, time
      import gevent
      from locust import HttpUser, constant, events, task

      mine = threading.local()
      var = contextvars.ContextVar("var")
      lock = threading.Lock()
      done, wrong = {}, []
      began = time.time()

      def count(what):
          done[what] = done.get(what, 0) + 1

      def blocked(what, block):
          count(what)
          me, token = threading.get_ident(), object()
          var.set(token)
          try:
              raise ValueError(token)
          except ValueError as e:
              block()
              if sys.exc_info()[1] is not e or e.args[0] is not token:
                  wrong.append(("exception", what))
          if threading.get_ident() != me or var.get() is not token:
              wrong.append(("thread", what))

      def locked():
          with lock:
              gevent.sleep(random.random() / 1000)

      def read_a_socket():
          a, b = socket.socketpair()
          with a, b:
              writer = threading.Thread(target=lambda: (time.sleep(0.002), b.sendall(b"x")))
              writer.start()
              if a.recv(1) != b"x":
                  wrong.append("socket")
              writer.join()

      def three_greenlets():
          jobs = [gevent.spawn(lambda n: (gevent.sleep(n / 1000), threading.get_ident())[1], n) for n in range(3)]
          gevent.joinall(jobs)
          if len({job.value for job in jobs}) != 3:
              wrong.append("greenlets")

      class Busy(HttpUser):
          wait_time = constant(0)

          def on_start(self):
              count("users")
              self.number = mine.number = done["users"]

          @task
          def everything(self):
              for _ in range(10):
                  blocked("request", lambda: self.client.get("/ok"))
              blocked("sleep", lambda: time.sleep(random.random() / 100))
              blocked("lock", locked)
              blocked("greenlets", three_greenlets)
              blocked("socket", read_a_socket)
              if done["socket"] % 50 == 0:
                  blocked("process", lambda: subprocess.run(["true"], check=True))
              if mine.number != self.number:
                  wrong.append("local")

      class Endless(HttpUser):
          fixed_count = 1
          wait_time = constant(1)

          @task
          def compute(self):
              if time.time() - began > 8:
                  try:
                      with gevent.Timeout(0.1):
                          while True:
                              sum(range(100))
                  except gevent.Timeout:
                      count("endless")

      @events.quitting.add_listener
      def _(environment, **kwargs):
          print("done", sorted(done), "wrong", wrong[:5], flush=True)
      """;

  @TempDir Path folder;

  @Test
  void whatBelongsToAThreadStaysWithIt() throws Exception {
    ImageTree tree = ImageTree.prepared();
    ConfigMapFolder scripts = new ConfigMapFolder(folder.resolve("scripts"), Map.of("locustfile.py", SCRIPT));
    try (Target target = new Target();
        Container container =
            tree.container().mount(scripts.folder(), "/mnt/locust").env("LOCUST_HOST", target.url())
                .start("--headless", "-u", "60", "-r", "60", "-t", "15s", "-s", "10", "--json")) {
      assertEquals(0, container.program().exitCode(PATIENCE), container.program()::transcript);
      String expected =
          "done ['endless', 'greenlets', 'lock', 'process', 'request', 'sleep', 'socket', 'users'] wrong []";
      assertTrue(container.program().stdout().contains(expected), container.program()::transcript);
      String count = "\"num_requests\": " + target.total();
      assertTrue(container.program().stdout().contains(count), container.program()::transcript);
    }
  }
}
