package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What can be checked of the examples without what they are for. */
class DocsTest {
  /** The blocks within {@code profiling_config} of Alloy. */
  private static final Set<String> ALLOY_PROFILES =
      Set.of(
          "process_cpu",
          "memory",
          "block",
          "mutex",
          "goroutine",
          "fgprof",
          "godeltaprof_memory",
          "godeltaprof_block",
          "godeltaprof_mutex",
          "custom");

  private static final Pattern ALLOY_PROFILE = Pattern.compile("profile\\.(\\w+)");
  private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern RECEIVER = Pattern.compile("\\[pyroscope\\.write\\.(\\w+)\\.");
  private static final Pattern LINK = Pattern.compile("\\]\\(([\\w/.]*)(?:#([\\w-]+))?\\)");

  @Test
  void yaml_inTheDocs_isYaml() throws IOException {
    List<Object> all = new ArrayList<>();
    for (Path page : Docs.pages()) {
      for (String block : Docs.blocks(page, "yaml")) {
        all.addAll(new YamlBlock(block).documents());
      }
    }
    assertThat(all).hasSizeGreaterThan(5).doesNotContainNull();
  }

  @Test
  void alloy_inTheDocs_isBalancedAndHasItsNames() throws IOException {
    List<String> blocks = new ArrayList<>(Docs.blocks(Docs.page("scraping"), "alloy"));
    assertThat(blocks).hasSizeGreaterThan(3);
    blocks.addAll(Docs.blocks(Docs.readme(), "alloy"));
    for (String block : blocks) {
      String code = STRING.matcher(block).replaceAll("\"\"").replaceAll("//.*", "");
      for (String pair : List.of("{}", "[]", "()")) {
        assertThat(code.chars().filter(c -> c == pair.charAt(0)).count())
            .as(block)
            .isEqualTo(code.chars().filter(c -> c == pair.charAt(1)).count());
      }
      assertThat(groups(ALLOY_PROFILE, code)).isSubsetOf(ALLOY_PROFILES);
    }
    assertThat(String.join("\n", blocks))
        .contains(
            groups(RECEIVER, String.join("\n", blocks)).stream()
                .map(name -> "pyroscope.write \"" + name + "\" {")
                .toList());
  }

  @Test
  void links_inTheDocs_leadSomewhere() throws IOException {
    for (Path page : Docs.pages()) {
      for (Matcher link = LINK.matcher(Files.readString(page)); link.find(); ) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        assertThat(target).as(page.toString()).exists();
        if (link.group(2) != null) {
          assertThat(anchors(target)).as("%s in %s", link.group(), page).contains(link.group(2));
        }
      }
    }
  }

  /** As GitHub makes them of headings. */
  private static Set<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static Set<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toSet());
  }
}
