package io.katydid.graalpy;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Gives the bridge access to the threads of a context. Made by the engine, found through {@link ThreadInstrumentProvider}. */
public final class ThreadInstrument extends TruffleInstrument {
  static final String ID = "katydid-threads";

  /** What the instrument offers. */
  interface Access {
    /** For the context the calling thread has entered. */
    ThreadInterrupter interrupterOfEnteredContext();

    /**
     * Sets up what calls C in the context the calling thread has entered. Truffle does it at the first use otherwise, and waits
     * then for every thread that is in the context: one that waits in Java would hold all of them up until it wakes.
     */
    void setUpNativeCalls();
  }

  @Override
  protected void onCreate(Env env) {
    env.registerService(
        new Access() {
          @Override
          public ThreadInterrupter interrupterOfEnteredContext() {
            return new ThreadInterrupter(env, env.getEnteredContext());
          }

          @Override
          public void setUpNativeCalls() {
            try {
              env.parse(Source.newBuilder("nfi", "default", "set-up").internal(true).build()).call();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }
}
