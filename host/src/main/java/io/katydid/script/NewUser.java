package io.katydid.script;

/**
 * What a script tells of one user that it is to make: {@link Script#spawn}. Users of one order are made one after another, as
 * with Locust: when one cannot be made, those after it are not. Any thread.
 */
public interface NewUser {
  /** Whether it is to be made at all; asked just before. */
  boolean wanted();

  /** It is there, and goes on to its tasks. */
  void made();

  /** It could not be made, which has been told or is going to be. */
  void failed();
}
