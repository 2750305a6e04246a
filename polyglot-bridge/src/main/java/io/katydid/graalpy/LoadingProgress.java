package io.katydid.graalpy;

import java.util.function.Consumer;
import org.graalvm.polyglot.HostAccess;

/** Tells what the loading of locustfiles is at. Called by the loading thread, in Python, for every import. */
public final class LoadingProgress {
  private final Consumer<String> progress;

  LoadingProgress(Consumer<String> progress) {
    this.progress = progress;
  }

  @HostAccess.Export
  public void tell(String step) {
    progress.accept(step);
  }
}
