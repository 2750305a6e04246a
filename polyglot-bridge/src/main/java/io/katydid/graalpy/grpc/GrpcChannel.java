package io.katydid.graalpy.grpc;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.lang.ref.Cleaner;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.HostAccess;

/**
 * One channel of a locustfile, perhaps used by all users at once. Every method may be called by any thread in Python. One
 * that is dropped without being closed is closed when neither it nor any of its calls can be reached.
 */
public final class GrpcChannel {
  private static final Cleaner DROPPED = Cleaner.create();
  private static final MessageBytes BYTES = new MessageBytes();
  private static final MethodDescriptor.MethodType[] KINDS = {
    MethodDescriptor.MethodType.UNARY,
    MethodDescriptor.MethodType.SERVER_STREAMING,
    MethodDescriptor.MethodType.CLIENT_STREAMING,
    MethodDescriptor.MethodType.BIDI_STREAMING
  };

  private final ManagedChannel channel;
  private final int maxSendBytes;
  private final Waiting waiting;

  public GrpcChannel(ManagedChannel channel, int maxSendBytes, Waiting waiting) {
    this.channel = channel;
    this.maxSendBytes = maxSendBytes;
    this.waiting = waiting;
    DROPPED.register(this, channel::shutdown);
  }

  /** The description of a method, to be kept for its calls. */
  @HostAccess.Export
  public MethodDescriptor<byte[], byte[]> method(String path, int kind) {
    return MethodDescriptor.<byte[], byte[]>newBuilder(BYTES, BYTES)
        .setType(KINDS[kind])
        .setFullMethodName(path.startsWith("/") ? path.substring(1) : path)
        .build();
  }

  /**
   * Begins a call.
   *
   * @param seconds until the deadline; negative = none
   * @param compression "gzip", or null
   */
  @HostAccess.Export
  public GrpcCall call(
      MethodDescriptor<byte[], byte[]> method, double seconds, boolean waitForReady, String compression, String metadata) {
    CallOptions options = CallOptions.DEFAULT;
    if (seconds >= 0) {
      options = options.withDeadlineAfter((long) Math.min(seconds * 1e9, 4e18), TimeUnit.NANOSECONDS);
    }
    if (waitForReady) {
      options = options.withWaitForReady();
    }
    if (compression != null) {
      options = options.withCompression(compression);
    }
    if (maxSendBytes >= 0) {
      options = options.withMaxOutboundMessageSize(maxSendBytes);
    }
    GrpcCall call = new GrpcCall(this, channel.newCall(method, options), waiting);
    call.start(FlatMetadata.parse(metadata));
    return call;
  }

  /** The number of the channel's state, as ChannelConnectivity has it. */
  @HostAccess.Export
  public int state(boolean connect) {
    return number(channel.getState(connect));
  }

  private static int number(ConnectivityState state) {
    return switch (state) {
      case IDLE -> 0;
      case CONNECTING -> 1;
      case READY -> 2;
      case TRANSIENT_FAILURE -> 3;
      case SHUTDOWN -> 4;
    };
  }

  /** Waits until the state is another one than this number. */
  @HostAccess.Export
  public int awaitOtherState(int known, double seconds) {
    Bell bell = new Bell();
    ConnectivityState state = channel.getState(false);
    if (number(state) != known) {
      return Waiting.DONE;
    }
    channel.notifyWhenStateChanged(state, bell::ring);
    return waiting.await(bell, () -> number(channel.getState(false)) != known, seconds);
  }

  /** Ends the channel and all its calls. */
  @HostAccess.Export
  public void close() {
    channel.shutdownNow();
  }
}
