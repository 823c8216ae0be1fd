package org.jvmpprof.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullMarked
class MalformedOptionsTest {
  static List<String> malformed() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            MalformedOptionsTest.class.getResourceAsStream("/malformed-options.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  @Test
  void malformed_file_hasAtLeastHundredDifferentArguments() throws IOException {
    assertThat(malformed()).hasSizeGreaterThanOrEqualTo(100).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void parse_malformedArgument_givesOneLineWithKeyValueAndAllowed(String argument) {
    String mistake = lastOption(argument).replace("\\,", ",");

    List<String> problems = parse(argument).problems();

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0)).startsWith(mistake + ": ").contains("; allowed: ");
    assertThat(problems.get(0).lines()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void parse_malformedArgument_equalsArgumentWithoutTheMistake(String argument) {
    String rest = argument.substring(0, argument.length() - lastOption(argument).length());

    assertThat(parse(argument).options()).isEqualTo(parse(rest).options());
  }

  @Test
  void parse_randomText_neverThrowsAndKeepsProblemsToOneLineEach() {
    Random random = new Random(1);
    String[] pieces = {
      "cpu",
      "dir",
      "http",
      "include",
      "keep",
      "=",
      ",",
      "\\",
      "\\,",
      "1",
      "9223372036854775807",
      "d",
      "g",
      ":",
      "[",
      "]",
      ".",
      " ",
      "\n",
      "\0",
      "\u2028",
      "é",
      "\ud83d",
      "\u0660",
      "%",
      "$",
      "a"
    };
    for (int run = 0; run < 2000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      Properties properties = new Properties();
      properties.setProperty("jvmpprof." + text, text.toString());

      ParsedOptions parsed = OptionsParser.parse(text.toString(), properties, text.toString());

      assertThat(parsed.problems()).as(text.toString()).allMatch(line -> line.lines().count() == 1);
    }
  }

  /** In the file, a comma that is not escaped always ends an option. */
  private static String lastOption(String argument) {
    int start = argument.lastIndexOf(',');
    while (start > 0 && argument.charAt(start - 1) == '\\') {
      start = argument.lastIndexOf(',', start - 1);
    }
    return argument.substring(start + 1);
  }

  private static ParsedOptions parse(String argument) {
    return OptionsParser.parse(argument, new Properties(), null);
  }
}
