package io.katydid.e2e;

import io.katydid.wire.Message;
import io.katydid.wire.MessageCodec;
import io.katydid.wire.WireException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A worker without users: obeys its master's spawn, stop and quit, and reports what a test tells it to. So two masters
 * can be given exactly the same to count. Its socket belongs to its own thread; tests put messages into a queue.
 */
final class ScriptedWorker implements AutoCloseable {
  private static final int HEARTBEAT_MS = 1000;
  private static final int POLL_MS = 20;
  private static final int ANSWER_MS = 3000;

  private final String id;
  private final int port;
  private final MessageCodec codec = new MessageCodec();
  private final Queue<Message> toSend = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile Map<String, Object> userClasses = Map.of();
  private volatile boolean closing;
  private volatile Throwable broken;

  /** @param port of the master on loopback */
  ScriptedWorker(String id, int port) {
    this.id = id;
    this.port = port;
    this.thread = Thread.ofPlatform().name("scripted-" + id).daemon().start(this::run);
  }

  /** Sends a message after those that were said before. */
  void say(String type, Object data) {
    toSend.add(new Message(type, data, id));
  }

  /** A report carries the users that the master wanted last. */
  void report(Map<String, Object> statistics) {
    Map<String, Object> data = new LinkedHashMap<>(statistics);
    data.put("user_classes_count", userClasses);
    data.put("user_count", users());
    say("stats", data);
  }

  long users() {
    if (broken != null) {
      throw new IllegalStateException("the scripted worker has ended", broken);
    }
    return userClasses.values().stream().mapToLong(count -> ((Number) count).longValue()).sum();
  }

  private void run() {
    try (ZContext context = new ZContext()) {
      ZMQ.Socket socket = connect(context);
      long answerDue = System.currentTimeMillis() + ANSWER_MS;
      boolean heard = false;
      String state = "ready";
      long nextHeartbeat = 0;
      while (!closing) {
        if (!heard && System.currentTimeMillis() >= answerDue) {
          context.destroySocket(socket);
          socket = connect(context);
          answerDue = System.currentTimeMillis() + ANSWER_MS;
        }
        if (System.currentTimeMillis() >= nextHeartbeat) {
          nextHeartbeat = System.currentTimeMillis() + HEARTBEAT_MS;
          say("heartbeat", heartbeat(state));
        }
        for (Message message = toSend.poll(); message != null; message = toSend.poll()) {
          socket.send(codec.encode(message));
        }
        socket.setReceiveTimeOut(POLL_MS);
        byte[] frame = socket.recv();
        if (frame != null) {
          heard = true;
          state = obey(codec.decode(frame), state);
        }
      }
    } catch (WireException | RuntimeException e) {
      broken = e;
    }
  }

  /** JeroMQ's connecting side sometimes never gets through; a master that does not answer is connected to anew. */
  private ZMQ.Socket connect(ZContext context) {
    ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
    socket.setIdentity(id.getBytes(ZMQ.CHARSET));
    socket.setLinger(0);
    socket.connect("tcp://127.0.0.1:" + port);
    say("client_ready", "2.47.0");
    return socket;
  }

  private static Map<String, Object> heartbeat(String state) {
    Map<String, Object> beat = new LinkedHashMap<>();
    beat.put("state", state);
    beat.put("current_cpu_usage", 12.5);
    beat.put("current_memory_usage", 48_000_000L);
    return beat;
  }

  @SuppressWarnings("unchecked")
  private String obey(Message message, String state) {
    switch (message.type()) {
      case "spawn" -> {
        userClasses = (Map<String, Object>) ((Map<String, Object>) message.data()).get("user_classes_count");
        say("spawning", null);
        Map<String, Object> done = new LinkedHashMap<>();
        done.put("user_classes_count", userClasses);
        done.put("user_count", users());
        say("spawning_complete", done);
        return "running";
      }
      case "stop" -> {
        say("client_stopped", null);
        say("client_ready", "2.47.0");
        return "ready";
      }
      case "quit" -> closing = true;
      default -> {
        return state;
      }
    }
    return state;
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
