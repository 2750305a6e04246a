package io.katydid.log;

/** Where finished log lines go. Called by any thread; never throws and never waits for anything but the device. */
public interface LineSink extends AutoCloseable {
  /** Writes one record, which may hold several lines, and ends it with a newline. */
  void write(String text);

  /** How many records could not be written because the device refused them. */
  long lost();

  /** Gives the device back. Later writes are counted as lost. */
  @Override
  void close();
}
