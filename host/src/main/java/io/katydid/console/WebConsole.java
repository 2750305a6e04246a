package io.katydid.console;

import java.io.IOException;

/** Starts the web UI of a run. Found with {@code ServiceLoader}; the implementation is in the {@code web-ui} module. */
public interface WebConsole {

  /**
   * Binds and starts to answer.
   *
   * @throws IOException with a complete sentence for the user: port in use, unreadable certificate, bad base path
   */
  Running start(TestConsole console, WebSettings settings) throws IOException;

  /** A web UI that answers. */
  interface Running extends AutoCloseable {
    /** The port it listens on. */
    int port();

    /** Stops listening and ends open connections. */
    @Override
    void close();
  }
}
