package io.katydid.cluster;

import static io.katydid.cluster.PeerData.told;

import io.katydid.wire.Message;
import io.katydid.wire.WireException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A master's handling of what workers send and of workers that fall silent (spec wire-protocol, sections 5 and 10).
 * Owned by the protocol's timeline, except {@link #answerAtOnce}. Nothing a worker sends may raise an exception here.
 */
final class WorkerMessages {
  private static final double CPU_WARNING_PERCENT = 90;
  /** Liveness at which a missing worker is forgotten: one minute. */
  private static final int FORGOTTEN_LIVENESS = -60;
  private static final int COMPARED_VERSION_CHARS = 4;
  private static final double NANOS_PER_SECOND = 1e9;

  private final MasterSettings settings;
  private final Timeline time;
  private final MasterRun run;
  private final MasterLink link;
  private final ClusterLog log;
  private final WorkerRegistry workers;
  private final MasterProtocol master;
  private final Complaints complaints = new Complaints();
  private volatile boolean cpuWarned;

  WorkerMessages(MasterSettings settings, Timeline time, MasterRun run, MasterLink link, ClusterLog log,
      WorkerRegistry workers, MasterProtocol master) {
    this.settings = settings;
    this.time = time;
    this.run = run;
    this.link = link;
    this.log = log;
    this.workers = workers;
    this.master = master;
  }

  boolean cpuWarned() {
    return cpuWarned;
  }

  /**
   * Answers the heartbeat of a live worker, on the socket's thread, so that no listener of user code can make workers
   * believe that their master is gone.
   */
  boolean answerAtOnce(String worker) {
    WorkerNode node = workers.get(worker);
    if (node == null || node.missing()) {
      return false;
    }
    node.sawLife();
    link.send(node.id(), new Message("heartbeat", null, node.id()));
    return true;
  }

  /** Handles one message; false if the state of the run need not be looked at after it. */
  boolean handle(String identity, Message message, boolean answered) {
    String id = message.nodeId();
    switch (message.type()) {
      case "client_ready" -> {
        return clientReady(identity, message.data());
      }
      case "locustfile" -> {
        locustfile(identity, message);
        return false;
      }
      case "client_stopped" -> {
        return clientStopped(id);
      }
      case MasterProtocol.HEARTBEAT -> heartbeat(id, message.data(), answered);
      case "stats" -> stats(id, message.data());
      case "spawning" -> spawning(id);
      case "spawning_complete" -> spawningComplete(id, message.data());
      case "quit" -> quit(id);
      case "exception" -> {
        Map<?, ?> data = PeerData.map(message.data());
        run.exception(id, PeerData.text(data.get("msg"), ""), PeerData.text(data.get("traceback"), ""));
      }
      case "logs" -> logs(id, PeerData.map(message.data()));
      default -> custom(message);
    }
    return true;
  }

  private boolean clientReady(String identity, Object version) {
    if (version == null || version.equals("")) {
      complain("old workers", log::error,
          "An old (pre 2.0) worker tried to connect (" + told(identity) + "). That's not going to work.");
      return false;
    }
    compareVersions(identity, version);
    int index = workers.indexOf(identity);
    send("ack", Map.of("index", index), identity);
    run.fire("worker_connect", Map.of("client_id", identity));
    WorkerNode earlier = workers.get(identity);
    if (earlier != null && !earlier.missing() && earlier.userCount() > 0) {
      complain("two workers " + told(identity), "Worker " + told(identity) + " says that it is ready while its users run: it was "
          + "started again, or two workers have the same id, and then only one of them can be used.");
    }
    boolean duplicate = workers.enter(identity, time.nanos());
    master.workerCame(identity);
    String line = told(identity) + " (index " + index + ") reported as ready" + (duplicate ? " (duplicate message)" : "")
        + ". " + workers.connected() + " workers connected.";
    if (duplicate) {
      log.debug(line);
    } else {
      log.info(line);
    }
    return true;
  }

  private void compareVersions(String identity, Object version) {
    if (version.equals(settings.version()) || version.equals(-1L)) {
      return;
    }
    String text = told(String.valueOf(version));
    if (sameMinor(text)) {
      log.debug("A worker (" + told(identity) + ") running a different patch version ('" + text
          + "') connected, master version is '" + settings.version() + "'");
    } else {
      complain("the version of worker " + told(identity), "A worker (" + told(identity)
          + ") running a different version (" + text + ") connected, master version is " + settings.version());
    }
  }

  private boolean sameMinor(String version) {
    return version.regionMatches(0, settings.version(), 0, COMPARED_VERSION_CHARS);
  }

  private void locustfile(String identity, Message message) {
    String version = PeerData.text(PeerData.map(message.data()).get("version"), "");
    if (version.isEmpty()) {
      complain("very old workers", log::error,
          "A very old worker version requested locustfile. This probably won't work.");
    } else if (!version.equals(settings.version()) && sameMinor(version)) {
      log.debug("A worker (" + told(message.nodeId()) + ") running a different patch version (" + told(version)
          + ") connected, master version is " + settings.version());
    }
    try {
      send("locustfile", Map.of("locustfiles", run.locustfiles()), identity);
    } catch (WireException e) {
      complain("locustfiles that cannot be sent", log::error, e.getMessage());
      send("locustfile", Map.of("error", e.getMessage()), identity);
    }
  }

  private boolean clientStopped(String id) {
    if (workers.remove(id) == null) {
      complain("client_stopped messages of unknown worker " + told(id),
          "Received client_stopped message from an unknown worker: " + told(id) + ".");
      return false;
    }
    master.workerWent(id, true);
    log.info(told(id) + " (index " + workers.indexOf(id) + ") reported that it has stopped");
    return true;
  }

  private void heartbeat(String id, Object data, boolean answered) {
    WorkerNode node = workers.get(id);
    if (node == null) {
      log.debug("Got heartbeat message from unknown worker " + told(id));
      return;
    }
    Map<?, ?> usage = PeerData.map(data);
    String state = PeerData.text(usage.get("state"), node.missing() ? WorkerNode.READY : node.state());
    node.sawLife();
    boolean healed = node.missing();
    if (healed) {
      log.info("Worker " + told(id) + " self-healed with heartbeat, setting state to " + told(state) + ".");
    }
    node.state(state);
    if (healed) {
      master.workerCame(id);
    }
    node.usage(PeerData.number(usage.get("current_cpu_usage"), 0), PeerData.whole(usage.get("current_memory_usage"),
        node.memoryBytes()));
    node.generator(
        PeerData.number(usage.get(GeneratorReport.LATENCY), Double.NaN),
        GeneratorReport.read(usage.get(GeneratorReport.FIELD)));
    locustfile(node, PeerData.text(usage.get(WorkerNode.LOCUSTFILE_FIELD), null));
    // A worker of ours uses several cores and judges itself.
    boolean singleCore = node.generator() == null;
    if (singleCore && node.cpuPercent() > CPU_WARNING_PERCENT && !node.cpuWarned()) {
      node.markCpuWarned();
      cpuWarned = true;
      log.warning("Worker " + told(id) + " (index " + node.index()
          + ") exceeded cpu threshold (will only log this once per worker)");
    }
    run.heartbeatSent(id, time.epochSeconds());
    if (!answered) {
      send("heartbeat", null, id);
    }
  }

  /** Says when a worker has another locustfile than this master, and when it no longer has. */
  private void locustfile(WorkerNode node, String hash) {
    String own = run.locustfileHash();
    if (hash == null || own == null) {
      return;
    }
    String difference = hash.equals(own) ? null : hash + " " + own;
    if (!Objects.equals(difference, node.locustfileDifference())) {
      String worker = "Worker " + told(node.id()) + " (index " + node.index() + ")";
      if (difference == null) {
        log.info(worker + " has the locustfile of this master now (hash " + own + ")");
      } else {
        complain("the locustfile of worker " + told(node.id()), worker + " has loaded another locustfile (hash "
            + told(hash) + ") than this master (hash " + own + ")");
      }
    }
    node.locustfileHash(hash, difference);
  }

  private void stats(String id, Object data) {
    if (!(data instanceof Map<?, ?> report)) {
      complain("stats messages of worker " + told(id),
          "Worker " + told(id) + " sent a stats message that is no report; it is not counted.");
      return;
    }
    WorkerNode node = workers.get(id);
    if (node != null) {
      node.reported(time.nanos());
      if (!node.missing()) {
        node.userClassesCount(PeerData.counts(report.get("user_classes_count")));
      }
    }
    String refusal = run.report(id, report);
    if (refusal != null) {
      complain("reports of worker " + told(id), log::error,
          "The report of worker " + told(id) + " is not counted: " + refusal + ".");
    }
    if (node == null) {
      complain("reports of unrecognized worker " + told(id), log::info,
          "Discarded report from unrecognized worker " + told(id));
    }
  }

  /** Only known workers have log lines: nobody can fill the memory with names. */
  private void logs(String id, Map<?, ?> data) {
    if (workers.get(id) == null) {
      log.debug("Got logs message from unknown worker " + told(id));
      return;
    }
    run.logs(id, PeerData.texts(data.get("logs")));
  }

  private void spawning(String id) {
    WorkerNode node = workers.get(id);
    if (node == null) {
      askToQuit(id, "spawning");
    } else {
      node.state(WorkerNode.SPAWNING);
    }
  }

  private void spawningComplete(String id, Object data) {
    WorkerNode node = workers.get(id);
    if (node == null) {
      askToQuit(id, "spawning_complete");
    } else {
      node.state(WorkerNode.RUNNING);
      node.userClassesCount(PeerData.counts(PeerData.map(data).get("user_classes_count")));
    }
  }

  private void askToQuit(String id, String type) {
    complain(type + " messages of unknown worker " + told(id),
        "Got " + type + " message from unknown worker " + told(id) + ". Asking worker to quit.");
    send("quit", null, id);
  }

  private void quit(String id) {
    WorkerNode node = workers.remove(id);
    if (node == null) {
      return;
    }
    master.workerWent(id, true);
    log.info("Worker '" + told(id) + "' (index " + node.index() + ") quit. " + workers.ready() + " workers ready.");
    if (workers.connected() == 0) {
      log.info("The last worker quit, stopping test.");
      master.stop(() -> { });
      if (settings.headless()) {
        run.quitWanted();
      }
    }
  }

  private void custom(Message message) {
    WorkerNode node = workers.get(message.nodeId());
    String sender = node == null ? told(message.nodeId()) + " (unknown)" : told(node.id()) + " (index " + node.index() + ")";
    log.debug("Received " + told(message.type()) + " message from worker " + sender);
    if (!run.deliver(message.type(), message.data(), message.nodeId())) {
      complain("unknown messages of worker " + sender,
          "Unknown message type received from worker " + sender + ": " + told(message.type()));
    }
  }

  /** A payload that is no message: a known worker is asked for a new connection. */
  void corrupted(String identity, WireException why) {
    if (identity != null && workers.get(identity) != null) {
      complaints.about("corrupted messages of worker " + told(identity),
          "RPCError when receiving from client: ZMQ interrupted or corrupted message (" + why.getMessage()
              + ") Will reset client " + told(identity) + ".", time.nanos(), log::error);
      send("reconnect", null, identity);
    } else {
      complaints.about("unrecognized messages of " + told(identity), "Unrecognized message detected: " + why.getMessage(),
          time.nanos(), log::error);
    }
  }

  private void complain(String kind, String line) {
    complain(kind, log::warning, line);
  }

  private void complain(String kind, Consumer<String> level, String line) {
    complaints.about(kind, line, time.nanos(), level);
  }

  /** Tells what further complaints there were. */
  void end() {
    complaints.tellTheRest(log::warning);
  }

  /** Once a second: who has been silent for too long is missing, who has been missing for a minute is forgotten. */
  void watch() {
    Map<String, WorkerNode> forgotten = new HashMap<>();
    List<WorkerNode> all = workers.all();
    for (WorkerNode node : all) {
      if (node.missing() && node.liveness() <= FORGOTTEN_LIVENESS) {
        forgotten.put(node.id(), node);
      } else if (node.liveness() < 0 && !node.missing()) {
        wentMissing(node);
      } else {
        node.age();
      }
    }
    if (!forgotten.isEmpty()) {
      forgotten.keySet().forEach(workers::remove);
      master.replaceUsers();
    }
  }

  private void wentMissing(WorkerNode node) {
    log.info("Worker " + told(node.id()) + " failed to send heartbeat, setting state to missing.");
    sayWhatIsMissing(node, "is missing", " unless it comes back");
    boolean replaceUsers = settings.enableRebalancing() && master.spawningCompleted();
    node.state(WorkerNode.MISSING);
    node.userClassesCount(Map.of());
    master.workerWent(node.id(), replaceUsers);
    if (workers.connected() == 0) {
      log.info("The last worker went missing, stopping test.");
      master.stop(() -> { });
      master.checkStopped();
    }
  }

  /** A worker whose users ran has gone without a last report. */
  void sayWhatIsMissing(WorkerNode node, String how, String unless) {
    if (node.userCount() > 0) {
      log.warning(String.format(Locale.ROOT, "Worker %s %s. What its %d users have counted since its last report %.1f s "
          + "ago is not in the statistics%s.", told(node.id()), how, node.userCount(),
          (time.nanos() - node.lastReport()) / NANOS_PER_SECOND, unless));
    }
  }

  private void send(String type, Object data, String workerId) {
    link.send(workerId, new Message(type, data, workerId));
  }
}
