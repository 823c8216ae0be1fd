package org.jvmpprof.agent.options;

import java.util.List;
import java.util.Set;

/**
 * What became of the texts that a user gave.
 *
 * @param options what is in force
 * @param problems one line for each option that was given wrongly and has no effect
 * @param given the keys that were given rightly, from wherever, whether or not with their defaults
 */
public record ParsedOptions(AgentOptions options, List<String> problems, Set<String> given) {
  /** Copies the lists. */
  public ParsedOptions {
    problems = List.copyOf(problems);
    given = Set.copyOf(given);
  }
}
