package org.jvmpprof.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the README and the pages in docs tell users to write. */
@NullMarked
class DocumentedOptionsTest {
  private static final Path ROOT = Path.of("..");

  /** Behind the jar or the PID; what has an ellipsis in it is no example. */
  private static final Pattern ARGUMENT =
      Pattern.compile("(?:jvm-pprof-agent\\.jar=|attach (?:PID|\\d+) )([a-z][^\\s\"`…]*+)(?!…)");

  @Test
  void arguments_inTheDocs_areTakenWithoutAProblem() throws IOException {
    List<String> arguments = new ArrayList<>();
    for (Path page : pages()) {
      ARGUMENT
          .matcher(Files.readString(page))
          .results()
          .map(match -> match.group(1))
          .forEach(arguments::add);
    }

    assertThat(arguments).hasSizeGreaterThan(10);
    for (String argument : arguments) {
      ParsedOptions parsed = OptionsParser.parse(argument, new Properties(), null);
      assertThat(parsed.problems()).as(argument).isEmpty();
      assertThat(parsed.given()).as(argument).isNotEmpty();
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(page -> page.toString().endsWith(".md")))
          .toList();
    }
  }
}
