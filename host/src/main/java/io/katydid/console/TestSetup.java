package io.katydid.console;

import io.katydid.script.UserClass;
import java.util.List;
import java.util.Map;

/**
 * What a page needs to know of the test besides its results.
 *
 * @param locustfile base name, or "" if there is none
 * @param host the host set by option or form, or null
 * @param userClasses the loaded classes; hosts and tasks as edited
 * @param taskNames all task names of each class with repetitions for weights, as loaded
 * @param shapeClasses names of the load shapes in the file
 * @param activeShape name of the shape that a start would run, or null
 * @param shapeUsesCommonOptions the active shape wants users, rate and run time from the form too
 * @param classPicker `--class-picker`
 * @param hostRequired the locustfile demands a host in the form
 * @param fullHistory `--csv-full-history` with `--csv`
 * @param extraOptions the locustfile's own options that want to be in the form, in order
 */
public record TestSetup(
    String locustfile,
    String host,
    List<UserClass> userClasses,
    Map<String, List<String>> taskNames,
    List<String> shapeClasses,
    String activeShape,
    boolean shapeUsesCommonOptions,
    boolean classPicker,
    boolean hostRequired,
    boolean fullHistory,
    List<ExtraOption> extraOptions) {

  /**
   * A custom option of the form.
   *
   * @param dest its name
   * @param value the current value: null, Boolean, Long, Double, String or List
   * @param help a sentence, or null
   * @param choices allowed values, or null
   * @param secret shown as a password field
   * @param required must be filled in
   * @param multiple several choices may be taken
   */
  public record ExtraOption(
      String dest, Object value, String help, List<Object> choices, boolean secret, boolean required,
          boolean multiple) {}
}
