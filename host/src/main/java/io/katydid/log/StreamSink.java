package io.katydid.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes each record to a stream in one go, as UTF-8. A full disk or a closed pipe must not end a load test, so what
 * cannot be written is counted instead. Any thread may call it; a lock keeps records whole.
 */
public final class StreamSink implements LineSink {
  private final OutputStream stream;
  private final boolean owned;
  private final ReentrantLock lock = new ReentrantLock();
  private long lost;
  private boolean closed;

  private StreamSink(OutputStream stream, boolean owned) {
    this.stream = stream;
    this.owned = owned;
  }

  /** A sink on a stream that belongs to somebody else: closing the sink leaves the stream open. */
  public static StreamSink on(OutputStream stream) {
    return new StreamSink(stream, false);
  }

  /** A sink on the process's standard error, whatever {@code System.err} has been replaced by. */
  public static StreamSink standardError() {
    return on(new FileOutputStream(FileDescriptor.err));
  }

  /**
   * A sink that appends to a file. Missing folders are created.
   *
   * @throws IOException with a sentence that names the file
   */
  public static StreamSink file(Path path) throws IOException {
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      OutputStream stream = Files.newOutputStream(
          path, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE);
      return new StreamSink(stream, true);
    } catch (IOException e) {
      throw new IOException("Cannot write the log file " + path + " (" + IoReason.of(e) + "). Choose another with --logfile.", e);
    }
  }

  @Override
  public void write(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      if (closed) {
        lost++;
        return;
      }
      stream.write(bytes);
      stream.flush();
    } catch (IOException e) {
      lost++;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long lost() {
    lock.lock();
    try {
      return lost;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (owned) {
        stream.close();
      }
    } catch (IOException e) {
      lost++;
    } finally {
      lock.unlock();
    }
  }
}
