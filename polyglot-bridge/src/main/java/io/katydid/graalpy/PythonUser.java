package io.katydid.graalpy;

import io.katydid.script.NewUser;
import io.katydid.script.ScriptUser;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One running user: its thread and the number Python knows it by. */
final class PythonUser implements ScriptUser {
  private final long id;
  private final String userClass;
  private final GraalPyScript script;
  private final TurnThreads.User user;
  private final PythonThread thread;

  PythonUser(long id, String userClass, NewUser making, GraalPyScript script, Consumer<ScriptUser> onEnd) {
    this.id = id;
    this.userClass = userClass;
    this.script = script;
    this.user =
        script
            .context()
            .turnThreads()
            .newUser("user-" + id, script.turns(userClass, id, making), () -> onEnd.accept(this));
    this.thread = user.thread();
  }

  void start() {
    user.start();
  }

  @Override
  public String userClass() {
    return userClass;
  }

  @Override
  public boolean alive() {
    return thread.alive();
  }

  @Override
  public void stopGracefully() {
    if (script.stopUser(id)) {
      thread.kill();
    }
  }

  @Override
  public void kill() {
    thread.kill();
  }

  @Override
  public boolean leaves() {
    return thread.leaves();
  }

  @Override
  public boolean join(Duration timeout) throws InterruptedException {
    return thread.awaitEnd(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
