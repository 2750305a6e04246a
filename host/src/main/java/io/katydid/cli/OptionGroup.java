package io.katydid.cli;

/** The headings of the help text, in its order. */
public enum OptionGroup {
  COMMON("Common options", ""),
  WEB("Web UI options", ""),
  MASTER("Master options", "For the process that leads a distributed run. It needs workers before it can make load."),
  WORKER("Worker options", "For a process that makes load for a master. Usually only these and --locustfile are given"
      + " to a worker: users, spawn rate, run time and the like come from the master."),
  TAGS("Tag options", "Tasks marked with the @tag decorator can be chosen or left out by tag."),
  STATISTICS("Request statistics options", ""),
  LOGGING("Logging options", ""),
  OTHER("Other options", ""),
  KATYDID("Katydid options", "Not known to Locust."),
  CUSTOM("Options of the locustfile", ""),
  USER_CLASSES("User classes", "");

  private final String title;
  private final String description;

  OptionGroup(String title, String description) {
    this.title = title;
    this.description = description;
  }

  public String title() {
    return title;
  }

  /** A paragraph below the heading; empty for none. */
  public String description() {
    return description;
  }
}
