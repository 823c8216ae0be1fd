package org.jvmpprof.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

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
  private static final Pattern AGENT =
      Pattern.compile("-javaagent:(\\S+/)[\\w-]+\\.jar=http=\\S+:(\\d+),token-file=(/\\S+/)(\\w+)");

  @Test
  void yaml_inTheDocs_isYaml() throws IOException {
    List<Object> all = new ArrayList<>();
    for (Path page : Docs.pages()) {
      for (String block : Docs.blocks(page, "yaml")) {
        load(block).forEach(all::add);
      }
    }
    assertThat(all).hasSizeGreaterThan(5).doesNotContainNull();
  }

  @Test
  void deployment_inTheDocs_fitsTogether() throws IOException {
    String manifest =
        Docs.blocks(Docs.page("scraping"), "yaml").stream()
            .filter(block -> block.contains("kind: Deployment"))
            .findFirst()
            .orElseThrow();
    Matcher agent = AGENT.matcher(manifest);
    assertThat(agent.find()).isTrue();
    String directory = agent.group(1).replaceFirst("/$", "");
    String tokens = agent.group(3).replaceFirst("/$", "");
    int port = Integer.parseInt(agent.group(2));

    Map<?, ?> deployment = ofKind(manifest, "Deployment");
    Map<?, ?> pod = map(map(deployment, "spec"), "template");
    Map<?, ?> container = (Map<?, ?>) list(map(pod, "spec"), "containers").get(0);
    Map<?, ?> initContainer = (Map<?, ?>) list(map(pod, "spec"), "initContainers").get(0);

    assertThat(values(map(map(pod, "metadata"), "annotations"), "port"))
        .hasSize(5)
        .allMatch(value -> value.equals(String.valueOf(port)));
    assertThat(values(container, "ports", "containerPort")).contains(port);
    assertThat(values(container, "volumeMounts", "mountPath")).contains(directory, tokens);
    assertThat(values(initContainer, "volumeMounts", "mountPath")).contains(directory);
    assertThat(values(map(pod, "spec"), "volumes", "name"))
        .containsAll(values(container, "volumeMounts", "name"));
    assertThat(map(ofKind(manifest, "Secret"), "stringData").keySet())
        .singleElement()
        .isEqualTo(agent.group(4));
    assertThat(manifest).contains("- port: " + port + "\n");
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

  private static Iterable<Object> load(String block) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(block);
  }

  private static Map<?, ?> ofKind(String manifest, String kind) {
    for (Object document : load(manifest)) {
      if (document instanceof Map<?, ?> map && kind.equals(map.get("kind"))) {
        return map;
      }
    }
    throw new AssertionError("no " + kind);
  }

  private static Map<?, ?> map(Map<?, ?> parent, String key) {
    return (Map<?, ?>) requireNonNull(parent.get(key), key);
  }

  private static List<?> list(Map<?, ?> parent, String key) {
    return (List<?>) requireNonNull(parent.get(key), key);
  }

  /** The values of all keys that end so. */
  private static List<Object> values(Map<?, ?> map, String ending) {
    return map.entrySet().stream()
        .filter(entry -> entry.getKey().toString().endsWith("." + ending))
        .<Object>map(Map.Entry::getValue)
        .toList();
  }

  /** The values of a key in each member of a list. */
  private static List<Object> values(Map<?, ?> parent, String list, String key) {
    return list(parent, list).stream()
        .<Object>map(member -> ((Map<?, ?>) member).get(key))
        .toList();
  }
}
