package io.katydid.app;

import io.katydid.cluster.WorkerNode;
import io.katydid.runner.MasterRunner;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the web UI shows of a master's workers. Called by web threads; a run without workers has {@link #NONE}. */
interface ClusterView {
  ClusterView NONE = new ClusterView() {
    @Override
    public List<WorkerNode> workers() {
      return List.of();
    }

    @Override
    public boolean inThisProcess(WorkerNode worker) {
      return false;
    }

    @Override
    public Map<String, List<String>> logs() {
      return Map.of();
    }

    @Override
    public String deafness() {
      return null;
    }
  };

  /** In the order they came, missing ones included. */
  List<WorkerNode> workers();

  /** True for workers of `--processes`: the health of their process is that of this one. */
  boolean inThisProcess(WorkerNode worker);

  /** Their last log lines, by worker id. */
  Map<String, List<String>> logs();

  /** Why workers are not heard any more, as a sentence; null while they are. */
  String deafness();

  /** The view of a master; {@code ownWorkers} are the ids of the workers in this process. */
  static ClusterView of(MasterRunner master, Set<String> ownWorkers) {
    return new ClusterView() {
      @Override
      public List<WorkerNode> workers() {
        return master.nodes();
      }

      @Override
      public boolean inThisProcess(WorkerNode worker) {
        return ownWorkers.contains(worker.id());
      }

      @Override
      public Map<String, List<String>> logs() {
        return master.workerLogs();
      }

      @Override
      public String deafness() {
        return master.deafness();
      }
    };
  }
}
