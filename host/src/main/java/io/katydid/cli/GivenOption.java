package io.katydid.cli;

import java.util.List;

/**
 * One time that a locustfile's own option was set. Python replays these in order through the option's action.
 *
 * @param option the option
 * @param name the spelling used; for environment and config files the last long one
 * @param words the words that followed it; empty for a flag
 */
public record GivenOption(CustomOption option, String name, List<String> words) {
  public GivenOption {
    words = List.copyOf(words);
  }
}
