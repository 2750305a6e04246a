package io.katydid.graalpy;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;

/** Gives the bridge access to the threads of a context. Made by the engine, found through {@link ThreadInstrumentProvider}. */
public final class ThreadInstrument extends TruffleInstrument {
  static final String ID = "katydid-threads";

  /** What the instrument offers. */
  interface Access {
    /** For the context the calling thread has entered. */
    ThreadInterrupter interrupterOfEnteredContext();
  }

  @Override
  protected void onCreate(Env env) {
    env.registerService((Access) () -> new ThreadInterrupter(env, env.getEnteredContext()));
  }
}
