package io.katydid.graalpy;

import io.katydid.graalpy.grpc.Bell;
import io.katydid.graalpy.grpc.ChannelOpening;
import io.katydid.graalpy.grpc.GrpcChannel;
import io.katydid.graalpy.grpc.Waiting;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * Java's gRPC as the Python package `grpc` sees it: opens channels, and lets Python's threads wait with the gate given
 * back. Called from every thread that is in Python.
 */
public final class GrpcBridge implements Waiting {
  private final PythonGate gate;

  GrpcBridge(PythonGate gate) {
    this.gate = gate;
  }

  /** A channel, or the reason why there is none. */
  public record Opened(GrpcChannel channel, String refusal) {
    @HostAccess.Export
    public GrpcChannel channel() {
      return channel;
    }

    @HostAccess.Export
    public String refusal() {
      return refusal;
    }
  }

  /**
   * Opens a channel; does not wait for the server.
   *
   * @param authorities PEM text, or null for the JDK's
   * @param chain PEM text of our certificates, or null
   * @param key PEM text of our private key, or null
   * @param options a Python dict of grpcio's options
   */
  @HostAccess.Export
  public Opened open(String target, boolean secure, String authorities, String chain, String key, Value options) {
    Map<String, Object> plain = PlainData.map(options);
    try {
      return new Opened(
          new GrpcChannel(
              ChannelOpening.open(target, secure, authorities, chain, key, plain),
              ChannelOpening.maxSendBytes(plain),
              this),
          null);
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      return new Opened(null, e.getMessage());
    }
  }

  @Override
  public int await(Bell bell, BooleanSupplier done, double seconds) {
    PythonThread self = PythonThread.current();
    if (self != null && self.takeKill()) {
      return KILLED;
    }
    if (done.getAsBoolean()) {
      return DONE;
    }
    long start = System.nanoTime();
    long patience = seconds < 0 ? Long.MAX_VALUE : (long) Math.min(seconds * 1e9, 4e18);
    gate.leave();
    bell.listen();
    try {
      while (true) {
        if (self != null && self.killPending()) {
          break;
        }
        if (done.getAsBoolean()) {
          return DONE;
        }
        long left = patience - (System.nanoTime() - start);
        if (left <= 0) {
          return TIMED_OUT;
        }
        LockSupport.parkNanos(bell, left);
        // An interrupt would turn the next park into a busy loop.
        Thread.interrupted();
      }
    } finally {
      bell.stopListening();
      gate.enter();
    }
    return self.takeKill() ? KILLED : done.getAsBoolean() ? DONE : TIMED_OUT;
  }
}
