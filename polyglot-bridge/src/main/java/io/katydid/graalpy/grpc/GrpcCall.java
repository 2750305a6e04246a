package io.katydid.graalpy.grpc;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * One call, of any of the four kinds. Python's threads send, ask for messages and wait; gRPC's threads bring what the
 * server says, which is kept here and never calls Python. State is guarded by this object's monitor, in which nobody waits.
 */
public final class GrpcCall extends ClientCall.Listener<byte[]> {
  /** Kept, so that it is not closed while the call goes on. */
  private final GrpcChannel channel;
  private final ClientCall<byte[], byte[]> call;
  private final Waiting waiting;
  private final Bell bell = new Bell();
  private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
  private String initial;
  private String trailing;
  private Status status;
  private boolean fromServer;
  private int asked;
  private boolean cancelled;

  GrpcCall(GrpcChannel channel, ClientCall<byte[], byte[]> call, Waiting waiting) {
    this.channel = channel;
    this.call = call;
    this.waiting = waiting;
  }

  /** Begins; the call can be used before the server has been reached. */
  void start(Metadata metadata) {
    call.start(this, metadata);
  }

  @Override
  public void onHeaders(Metadata headers) {
    synchronized (this) {
      initial = FlatMetadata.write(headers);
    }
    bell.ring();
  }

  @Override
  public void onMessage(byte[] message) {
    synchronized (this) {
      messages.add(message);
      asked--;
    }
    bell.ring();
  }

  @Override
  public void onClose(Status end, Metadata trailers) {
    synchronized (this) {
      if (initial == null) {
        initial = "";
      }
      trailing = FlatMetadata.write(trailers);
      fromServer = !trailers.keys().isEmpty();
      status = end;
    }
    bell.ring();
  }

  @Override
  public void onReady() {
    bell.ring();
  }

  /** Sends a message; it is buffered where the transport cannot take it. */
  @HostAccess.Export
  public void send(Value message) {
    byte[] bytes = new byte[(int) message.getBufferSize()];
    message.readBuffer(0, bytes, 0, bytes.length);
    synchronized (call) {
      if (!cancelledOrOver()) {
        call.sendMessage(bytes);
      }
    }
  }

  @HostAccess.Export
  public void halfClose() {
    synchronized (call) {
      if (!cancelledOrOver()) {
        call.halfClose();
      }
    }
  }

  private synchronized boolean cancelledOrOver() {
    return cancelled || status != null;
  }

  /** How many messages may come beyond those that have been asked for. */
  @HostAccess.Export
  public void ask(int more) {
    synchronized (this) {
      asked += more;
    }
    call.request(more);
  }

  /** Asks for one message unless one is there or on its way. */
  @HostAccess.Export
  public void askForNext() {
    synchronized (this) {
      if (!messages.isEmpty() || asked > 0 || status != null) {
        return;
      }
      asked++;
    }
    call.request(1);
  }

  /** Ends the call from this side; false if it was over. */
  @HostAccess.Export
  public boolean cancel(String reason) {
    synchronized (call) {
      synchronized (this) {
        if (cancelled || status != null) {
          return false;
        }
        cancelled = true;
      }
    }
    call.cancel(reason, null);
    return true;
  }

  /** Waits until the transport can take a message, or the call is over. */
  @HostAccess.Export
  public int awaitSendable() {
    return waiting.await(bell, () -> call.isReady() || cancelledOrOver(), -1);
  }

  /** Waits for a message or the end. */
  @HostAccess.Export
  public int awaitMessage(double seconds) {
    return waiting.await(bell, this::hasMessageOrEnd, seconds);
  }

  private synchronized boolean hasMessageOrEnd() {
    return !messages.isEmpty() || status != null;
  }

  @HostAccess.Export
  public int awaitEnd(double seconds) {
    return waiting.await(bell, this::over, seconds);
  }

  @HostAccess.Export
  public int awaitHeaders() {
    return waiting.await(bell, this::hasHeaders, -1);
  }

  private synchronized boolean hasHeaders() {
    return initial != null;
  }

  @HostAccess.Export
  public synchronized boolean over() {
    return status != null;
  }

  /** The oldest message as Latin-1, or null if there is none. */
  @HostAccess.Export
  public synchronized String takeMessage() {
    byte[] message = messages.poll();
    return message == null ? null : new String(message, StandardCharsets.ISO_8859_1);
  }

  @HostAccess.Export
  public synchronized String initialMetadata() {
    return initial;
  }

  @HostAccess.Export
  public synchronized String trailingMetadata() {
    return trailing;
  }

  /** The number of the status; only once the call is over. */
  @HostAccess.Export
  public synchronized int code() {
    return status.getCode().value();
  }

  @HostAccess.Export
  public synchronized String details() {
    return StatusText.of(status, fromServer);
  }
}
