package io.katydid.graalpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Python package `grpc` with threads that wait in it: they let others run, and can be ended. */
class GrpcBridgeTest extends OneContext {
  private static final int WAITING = 50;
  private static final String SOURCE =
      """
      import gevent, grpc
      channel = grpc.insecure_channel("127.0.0.1:%d")
      echo, never, flood = (channel.unary_unary("/test.Java/" + name) for name in ("Echo", "Never", "Flood"))
      ends = []
      def wait():
          try:
              never(b"")
          except BaseException as error:
              ends.append(type(error).__name__)
      def wait_in_stream():
          try:
              next(channel.unary_stream("/test.Java/Never")(b""))
          except BaseException as error:
              ends.append(type(error).__name__)
      def ask():
          def requests():
              while True:
                  yield b"x"
                  gevent.sleep(30)
          try:
              channel.stream_unary("/test.Java/Never")(requests())
          except BaseException as error:
              ends.append(type(error).__name__)
      def give_up():
          try:
              with gevent.Timeout(0.05):
                  never(b"")
          except gevent.Timeout:
              ends.append(echo(b"after"))
      def read_three():
          stream = channel.unary_stream("/test.Java/Flood")(b"")
          ends.append([len(next(stream)) for _ in range(3)])
          globals()["left"] = stream
      """;

  private GrpcEchoServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GrpcEchoServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<PythonThread> start(int count, String function) {
    List<PythonThread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PythonThread thread = context.newThread(function + i, () -> context.eval(function + "()"));
      threads.add(thread);
      thread.start();
    }
    return threads;
  }

  private void serverHas(int calls) throws InterruptedException {
    while (server.waiting.get() != calls) {
      Thread.sleep(1);
    }
  }

  @ParameterizedTest
  @EnumSource(UserThreads.class)
  void whoWaitsLetsOthersRunAndCanBeKilled(UserThreads kind) throws Exception {
    open(kind, SOURCE.formatted(server.port()));
    for (String function : List.of("wait", "wait_in_stream", "ask")) {
      List<PythonThread> threads = start(WAITING, function);
      serverHas(WAITING);
      assertEquals("b'x'", python("echo(b'x')"));
      threads.forEach(PythonThread::kill);
      for (PythonThread thread : threads) {
        ends(thread);
      }
      serverHas(0);
    }
    assertEquals("{'GreenletExit'}", python("set(ends)"));
    assertEquals("" + 3 * WAITING, python("len(ends)"));
  }

  @ParameterizedTest
  @EnumSource(UserThreads.class)
  void aTimeoutEndsTheCallAndNothingElse(UserThreads kind) throws Exception {
    open(kind, SOURCE.formatted(server.port()));
    for (PythonThread thread : start(5, "give_up")) {
      ends(thread);
    }
    assertEquals("[b'after', b'after', b'after', b'after', b'after']", python("ends"));
    serverHas(0);
  }

  /** What nobody reads stays with the server: the windows of the connection hold a few hundred messages. */
  @ParameterizedTest
  @EnumSource(UserThreads.class)
  void responsesComeAsTheyAreRead(UserThreads kind) throws Exception {
    open(kind, SOURCE.formatted(server.port()));
    start(1, "read_three").forEach(thread -> {
      try {
        ends(thread);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    assertEquals("[[10000, 10000, 10000]]", python("ends"));
    int sent = server.sent.get();
    assertTrue(sent < 2_000, () -> sent + " messages were sent");
    python("left.cancel()");
  }
}
