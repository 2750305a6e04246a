package io.katydid.cli;

/** The two version numbers a user may ask for. */
public final class Version {
  /** This program. */
  public static final String KATYDID = "0.1.0";
  /** The Locust release whose behaviour this program reproduces. */
  public static final String LOCUST = "2.47.0";

  private Version() {
  }

  /** What {@code --version} prints. */
  public static String line(String program) {
    String compatible = " (compatible with locust " + LOCUST + ")";
    return program.equals("katydid")
        ? "katydid " + KATYDID + compatible
        : program + " " + LOCUST + " (katydid " + KATYDID + ")";
  }
}
