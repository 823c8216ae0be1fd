package org.jvmpprof.agent.options;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the agent's options of the three places where a user can set them; docs/options.md says
 * how. An option given wrongly counts as not given in that place, and makes one line that names the
 * key, the value and what is allowed.
 */
public final class OptionsParser {
  /** The environment variable; its value is written like the agent's argument. */
  public static final String ENVIRONMENT_VARIABLE = "JVM_PPROF_OPTIONS";

  /** Right keys and values of all places, each value as its user wrote it. */
  private final Map<String, String> given = new HashMap<>();

  private final List<String> problems = new ArrayList<>();

  private OptionsParser() {}

  /**
   * Never throws for anything that a user can write.
   *
   * @param argument what follows {@code -javaagent:jar=}; wins over the others
   * @param properties the system's, of which {@code jvmpprof.<key>} are read
   * @param environment value of {@link #ENVIRONMENT_VARIABLE}; the others win over it
   */
  public static ParsedOptions parse(
      @Nullable String argument, Properties properties, @Nullable String environment) {
    OptionsParser parser = new OptionsParser();
    parser.add(argument == null ? List.of() : Entry.inText(argument, ""));
    parser.add(Entry.inProperties(properties));
    parser.add(
        environment == null
            ? List.of()
            : Entry.inText(environment, " (" + ENVIRONMENT_VARIABLE + ")"));
    return new ParsedOptions(parser.options(), parser.problems, parser.given.keySet());
  }

  /** Adds one place; what is given already stays. */
  private void add(List<Entry> place) {
    Map<String, String> right = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (Entry entry : place) {
      try {
        right.put(entry.key(), checked(entry, !seen.add(entry.key())));
      } catch (BadValueException e) {
        problems.add(entry.shown() + ": " + e.getMessage());
        right.remove(entry.key());
      }
    }
    right.forEach(given::putIfAbsent);
  }

  private static String checked(Entry entry, boolean repeated) throws BadValueException {
    Option<?> option = find(entry.key());
    String value = entry.value();
    if (value == null) {
      throw new BadValueException("no \"=\"; allowed: " + option.allowed());
    }
    if (repeated) {
      throw new BadValueException("given twice; allowed: once, " + option.allowed());
    }
    try {
      option.reader().read(value);
      return value;
    } catch (BadValueException e) {
      throw new BadValueException(e.getMessage() + "; allowed: " + option.allowed());
    }
  }

  private static Option<?> find(String key) throws BadValueException {
    for (Option<?> option : OptionTable.ALL) {
      if (option.key().equals(key)) {
        return option;
      }
    }
    String nearest = Spelling.nearest(key);
    throw new BadValueException(
        "unknown key"
            + (nearest == null ? "" : ", did you mean \"" + nearest + "\"?")
            + "; allowed: "
            + String.join(", ", OptionTable.ALL.stream().<String>map(Option::key).toList()));
  }

  private AgentOptions options() {
    Optional<String> http = valueOf(OptionTable.HTTP);
    boolean writes = http.isEmpty() || given.containsKey(OptionTable.DIR.key());
    Optional<Path> dir = writes ? valueOf(OptionTable.DIR) : Optional.empty();
    Duration rotate = valueOf(OptionTable.ROTATE);
    Duration keep = valueOf(OptionTable.KEEP);
    return new AgentOptions(
        dir.orElse(null),
        valueOf(OptionTable.CPU),
        valueOf(OptionTable.BLOCK),
        valueOf(OptionTable.MUTEX),
        valueOf(OptionTable.HEAP),
        valueOf(OptionTable.HEAP_CLASSES),
        http.orElse(null),
        valueOf(OptionTable.TOKEN_FILE).orElse(null),
        rotate,
        keep.compareTo(rotate) < 0 ? rotate : keep,
        valueOf(OptionTable.MAX_SIZE),
        valueOf(OptionTable.CPU_ENGINE),
        valueOf(OptionTable.INCLUDE),
        valueOf(OptionTable.EXCLUDE),
        valueOf(OptionTable.IDLE),
        valueOf(OptionTable.MONITOR_EVENTS),
        valueOf(OptionTable.LOG));
  }

  private <T> T valueOf(Option<T> option) {
    try {
      return option.reader().read(given.getOrDefault(option.key(), option.byDefault()));
    } catch (BadValueException e) {
      throw new AssertionError("checked before: " + option.key(), e);
    }
  }
}
