package io.katydid.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * The body of one request while it comes. No thread waits for it: Jetty calls when bytes are there. It ends once, with
 * all bytes or with the reason why not: too large, too slow ({@link Transfers}), broken off.
 */
final class IncomingBody extends Invocable.Task.Abstract {
  private final Request request;
  private final int mostBytes;
  private final Consumer<byte[]> whenComplete;
  private final Consumer<HttpException.RuntimeException> whenRefused;
  private final Transfers.Transfer transfer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean over;

  private IncomingBody(
      Request request,
      int mostBytes,
      Transfers transfers,
      Consumer<byte[]> whenComplete,
      Consumer<HttpException.RuntimeException> whenRefused) {
    super(InvocationType.NON_BLOCKING);
    this.request = request;
    this.mostBytes = mostBytes;
    this.whenComplete = whenComplete;
    this.whenRefused = whenRefused;
    this.transfer = transfers.begin(this::tooSlow);
  }

  /**
   * Reads what is there and what comes later.
   *
   * @param whenComplete called once with all of it, on the caller's thread or one that must not wait
   * @param whenRefused called once instead if there is no such body
   */
  static void read(
      Request request,
      int mostBytes,
      Transfers transfers,
      Consumer<byte[]> whenComplete,
      Consumer<HttpException.RuntimeException> whenRefused) {
    if (request.getLength() > mostBytes) {
      whenRefused.accept(tooLarge(mostBytes));
      return;
    }
    new IncomingBody(request, mostBytes, transfers, whenComplete, whenRefused).run();
  }

  @Override
  public void run() {
    while (!isOver()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        refuse(new HttpException.RuntimeException(400, "The body of the request broke off or is malformed."));
        return;
      }
      boolean last = chunk.isLast();
      int size = take(chunk);
      if (size > mostBytes) {
        refuse(tooLarge(mostBytes));
      } else if (last && end()) {
        whenComplete.accept(bytes.toByteArray());
        return;
      }
    }
  }

  private int take(Content.Chunk chunk) {
    ByteBuffer more = chunk.getByteBuffer();
    byte[] copy = new byte[more.remaining()];
    more.get(copy);
    chunk.release();
    bytes.writeBytes(copy);
    transfer.keeps(copy.length);
    return bytes.size();
  }

  private void tooSlow() {
    refuse(new HttpException.RuntimeException(408, "The body of the request came too slowly."));
  }

  private void refuse(HttpException.RuntimeException why) {
    if (end()) {
      whenRefused.accept(why);
    }
  }

  private synchronized boolean end() {
    boolean first = !over;
    over = true;
    transfer.ends();
    return first;
  }

  private synchronized boolean isOver() {
    return over;
  }

  private static HttpException.RuntimeException tooLarge(int mostBytes) {
    return new HttpException.RuntimeException(
        413, "The request is larger than " + mostBytes / 1024 + " kB, which is more than this server reads.");
  }
}
