package io.katydid.graalpy;

import io.katydid.script.NewUser;
import org.graalvm.polyglot.HostAccess;

/** A user's beginning as Python sees it, which makes the user and says how that went. Used on the user's thread. */
public final class UserBeginning {
  private final NewUser user;

  UserBeginning(NewUser user) {
    this.user = user;
  }

  @HostAccess.Export
  public void made() {
    user.made();
  }

  @HostAccess.Export
  public void failed() {
    user.failed();
  }
}
