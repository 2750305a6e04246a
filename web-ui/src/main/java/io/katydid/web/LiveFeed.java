package io.katydid.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Server-sent events: once a second the same small message goes to every open page. It is made once, however many pages
 * are open, and not at all when none is. A page that does not read fast enough misses messages and never holds anything
 * up: each message stands for itself.
 *
 * <p>The timer thread makes and sends messages; web threads add readers.
 */
final class LiveFeed implements AutoCloseable {
  static final String PATH = "/api/events";

  private static final int INTERVAL_MS = 1000;
  private static final int MAX_READERS = 1000;

  /** One open page. At most one write is under way at a time. */
  private final class Reader implements Callback {
    private final Response response;
    private final Callback end;
    private boolean writing;
    private boolean done;

    private Reader(Response response, Callback end) {
      this.response = response;
      this.end = end;
    }

    private void send(byte[] message) {
      synchronized (this) {
        if (writing || done) {
          return;
        }
        writing = true;
      }
      response.write(false, ByteBuffer.wrap(message), this);
    }

    @Override
    public void succeeded() {
      synchronized (this) {
        writing = false;
      }
    }

    @Override
    public void failed(Throwable reason) {
      readers.remove(this);
      if (finish()) {
        end.failed(reason);
      }
    }

    private void close() {
      if (finish()) {
        end.succeeded();
      }
    }

    private synchronized boolean finish() {
      boolean first = !done;
      done = true;
      return first;
    }
  }

  private final Supplier<String> message;
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();

  /**
   * @param message makes one line of JSON
   * @param timer shared; its thread makes the messages
   */
  LiveFeed(Supplier<String> message, ScheduledExecutorService timer) {
    this.message = message;
    timer.scheduleAtFixedRate(this::tick, INTERVAL_MS, INTERVAL_MS, TimeUnit.MILLISECONDS);
  }

  /** Takes over a response for as long as the page stays open. */
  void open(Response response, Callback callback) {
    if (readers.size() >= MAX_READERS) {
      response.setStatus(503);
      response.write(true, ByteBuffer.allocate(0), callback);
      return;
    }
    response.setStatus(200);
    response.getHeaders().put("Content-Type", "text/event-stream");
    response.getHeaders().put("Cache-Control", "no-store");
    response.getHeaders().put("X-Accel-Buffering", "no");
    Reader reader = new Reader(response, callback);
    readers.add(reader);
    reader.send(event());
  }

  /** Pages that listen now. */
  int readers() {
    return readers.size();
  }

  private byte[] event() {
    return ("data: " + message.get() + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  private void tick() {
    if (readers.isEmpty()) {
      return;
    }
    byte[] event;
    try {
      event = event();
    } catch (RuntimeException e) {
      // The run is going down or a reading failed: pages fall back to polling and see the error there.
      return;
    }
    for (Reader reader : readers) {
      reader.send(event);
    }
  }

  @Override
  public void close() {
    for (Reader reader : readers) {
      reader.close();
    }
    readers.clear();
  }
}
