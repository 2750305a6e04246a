package io.katydid.cluster;

import io.katydid.wire.Message;
import io.katydid.wire.MessageCodec;
import io.katydid.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What a worker started with `-f -` does before anything else: asks its master for the locustfiles over a connection of
 * its own (spec wire-protocol, section 5.6). Called once, on the main thread, which it blocks.
 */
public final class LocustfileRequest {
  /** One thing the master has handed out. */
  public sealed interface Source {}

  /** A file. The name has no folders in it. */
  public record ScriptFile(String name, String contents) implements Source {}

  /** An address to download from. */
  public record Address(String url) implements Source {}

  /**
   * How long to ask, in seconds.
   *
   * @param between two requests
   * @param firstNotice until the user is told that it takes long
   * @param nextNotice between further notices
   * @param total until it is given up
   */
  public record Patience(double between, double firstNotice, double nextNotice, double total) {
    public static final Patience STANDARD = new Patience(1, 10, 60, 300);
  }

  private static final double NANOS_PER_SECOND = 1e9;

  private final String version;
  private final Patience patience;
  private final Consumer<String> notice;
  private final ClusterLog log;

  /**
   * @param version the Locust version this worker speaks as
   * @param notice gets the sentence for a user who waits
   */
  public LocustfileRequest(String version, Patience patience, Consumer<String> notice, ClusterLog log) {
    this.version = version;
    this.patience = patience;
    this.notice = notice;
    this.log = log;
  }

  /**
   * Asks until there is an answer.
   *
   * @param hostName this machine's name, for the connection's identity
   * @throws ClusterException with a sentence for the user if there is no answer or a refusal
   */
  public List<Source> ask(String masterHost, int masterPort, String hostName)
      throws ClusterException, InterruptedException {
    String identity = hostName + "_download_locustfile_" + UUID.randomUUID().toString().replace("-", "");
    MessageCodec codec = new MessageCodec();
    BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
    try (WorkerSocket socket = WorkerSocket.connect(masterHost, masterPort, identity, codec.limits().frameBytes(),
        new Answers(codec, answers, log), log)) {
      byte[] question = codec.encode(new Message("locustfile", Map.of("version", version), identity));
      return read(await(socket, question, answers));
    } catch (WireException e) {
      throw new ClusterException(e.getMessage(), e);
    }
  }

  private Message await(WorkerSocket socket, byte[] question, BlockingQueue<Message> answers)
      throws ClusterException, InterruptedException {
    long begun = System.nanoTime();
    double nextNotice = patience.firstNotice();
    while (true) {
      socket.send(question);
      Message answer = answers.poll((long) (patience.between() * NANOS_PER_SECOND), TimeUnit.NANOSECONDS);
      if (answer != null) {
        return answer;
      }
      double waited = (System.nanoTime() - begun) / NANOS_PER_SECOND;
      if (waited >= patience.total()) {
        throw new ClusterException("Got no locustfile response from master, gave up after "
            + Math.round(patience.total()) + "s", null);
      }
      if (waited >= nextNotice) {
        nextNotice += patience.nextNotice();
        notice.accept("Waiting to connect to master to receive locustfile...");
      }
    }
  }

  private static List<Source> read(Message answer) throws ClusterException {
    if (!answer.type().equals("locustfile")) {
      throw new ClusterException("Got wrong message type from master " + answer.type(), null);
    }
    Map<?, ?> data = PeerData.map(answer.data());
    if (data.containsKey("error")) {
      throw new ClusterException("Got error from master: " + data.get("error"), null);
    }
    List<Source> sources = new ArrayList<>();
    if (data.get("locustfiles") instanceof List<?> list) {
      for (Object one : list) {
        if (one instanceof String url) {
          sources.add(new Address(url));
        } else {
          Map<?, ?> file = PeerData.map(one);
          sources.add(new ScriptFile(plainName(PeerData.text(file.get("filename"), "")),
              PeerData.text(file.get("contents"), "")));
        }
      }
    }
    if (sources.isEmpty()) {
      throw new ClusterException("Got error from master: it has no locustfile", null);
    }
    return sources;
  }

  /** A name that would lead out of the folder the file is written to is refused. */
  private static String plainName(String name) throws ClusterException {
    if (name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0
        || name.indexOf('\0') >= 0) {
      throw new ClusterException("Got a locustfile with a bad name from master: '" + name + "'", null);
    }
    return name;
  }

  private record Answers(MessageCodec codec, BlockingQueue<Message> queue, ClusterLog log)
      implements WorkerSocket.Listener {
    @Override
    public void received(byte[] frame) {
      try {
        queue.add(codec.decode(frame));
      } catch (WireException e) {
        log.debug("The master's answer could not be read: " + e.getMessage());
      }
    }

    @Override
    public void connected(boolean again) {
      log.debug("Connected to the master to ask for its locustfile.");
    }
  }
}
