package org.jvmpprof.agent.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.options.AgentOptions.CpuEngine;
import org.jvmpprof.agent.options.AgentOptions.MonitorEvents;

@NullMarked
class OptionTableTest {
  private static final Path DOCS = Path.of("..", "docs", "options.md");

  static List<Option<?>> options() {
    return OptionTable.ALL;
  }

  @Test
  void docs_table_listsExactlyTheOptions() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCS).stream().filter(line -> line.startsWith("| `")).toList();

    assertThat(rows).containsExactlyElementsOf(options().stream().map(this::row).toList());
  }

  private String row(Option<?> option) {
    return String.format(
        "| `%s` | %s | %s | %s | `%s=%s` |",
        option.key(),
        option.byDefault().isEmpty() ? "empty" : "`" + option.byDefault() + "`",
        option.meaning(),
        option.allowed(),
        option.key(),
        option.example());
  }

  @ParameterizedTest
  @MethodSource("options")
  void option_byDefault_canBeRead(Option<?> option) {
    assertThatCode(() -> option.reader().read(option.byDefault())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("options")
  void option_example_isTakenAndDiffersFromTheDefault(Option<?> option) {
    ParsedOptions defaults = OptionsParser.parse(null, new Properties(), null);

    ParsedOptions parsed =
        OptionsParser.parse(option.key() + "=" + option.example(), new Properties(), null);

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.given()).containsExactly(option.key());
    assertThat(parsed.options()).isNotEqualTo(defaults.options());
  }

  @Test
  void allowed_ofWords_namesEachWord() {
    assertThat(OptionTable.CPU_ENGINE.allowed().split(", | or "))
        .isEqualTo(words(CpuEngine.values()));
    assertThat(OptionTable.MONITOR_EVENTS.allowed().split(", | or "))
        .isEqualTo(words(MonitorEvents.values()));
    assertThat(OptionTable.LOG.allowed().split(", | or "))
        .isEqualTo(words(AgentLog.Level.values()));
  }

  private static String[] words(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .toArray(String[]::new);
  }
}
