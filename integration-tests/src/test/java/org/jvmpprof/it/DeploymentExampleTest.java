package org.jvmpprof.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whether the parts of the Kubernetes manifest in docs/scraping.md fit together. */
class DeploymentExampleTest {
  private static final Pattern AGENT =
      Pattern.compile("-javaagent:(\\S+)/[\\w-]+\\.jar=http=\\S+:(\\d+),token-file=(/\\S+)/(\\w+)");

  private final String manifest =
      Docs.blocks(Docs.page("scraping"), "yaml").stream()
          .filter(block -> block.contains("kind: Deployment"))
          .findFirst()
          .orElseThrow();

  /** Directory and port of the agent, directory and name of its token's file. */
  private final MatchResult agent = AGENT.matcher(manifest).results().findFirst().orElseThrow();

  private final Map<?, ?> pod = map(map(ofKind("Deployment"), "spec"), "template");
  private final Map<?, ?> container = first("containers");

  DeploymentExampleTest() throws IOException {}

  @Test
  void port_ofTheAgent_isAnnotatedDeclaredAndLetIn() {
    String port = agent.group(2);

    assertThat(map(map(pod, "metadata"), "annotations").entrySet())
        .filteredOn(annotation -> annotation.getKey().toString().endsWith(".port"))
        .hasSize(5)
        .allMatch(annotation -> annotation.getValue().equals(port));
    assertThat(values(container, "ports", "containerPort")).contains(Integer.valueOf(port));
    assertThat(values(map(ofKind("NetworkPolicy"), "spec"), "ingress", "ports"))
        .contains(List.of(Map.of("port", Integer.valueOf(port))));
  }

  @Test
  void directories_ofTheAgent_areMountedAndThere() {
    assertThat(values(container, "volumeMounts", "mountPath"))
        .contains(agent.group(1), agent.group(3));
    assertThat(values(first("initContainers"), "volumeMounts", "mountPath"))
        .contains(agent.group(1));
    assertThat(values(map(pod, "spec"), "volumes", "name"))
        .containsAll(values(container, "volumeMounts", "name"))
        .containsAll(values(first("initContainers"), "volumeMounts", "name"));
  }

  @Test
  void token_ofTheAgent_isInTheSecret() {
    Map<?, ?> secret = ofKind("Secret");

    assertThat(map(secret, "stringData").keySet()).hasToString("[" + agent.group(4) + "]");
    assertThat(values(map(pod, "spec"), "volumes", "secret"))
        .contains(Map.of("secretName", map(secret, "metadata").get("name")));
  }

  private Map<?, ?> first(String containers) {
    return (Map<?, ?>) list(map(pod, "spec"), containers).get(0);
  }

  private Map<?, ?> ofKind(String kind) {
    return new YamlBlock(manifest)
        .documents().stream()
            .<Map<?, ?>>map(document -> (Map<?, ?>) document)
            .filter(document -> kind.equals(document.get("kind")))
            .findFirst()
            .orElseThrow();
  }

  private static Map<?, ?> map(Map<?, ?> parent, String key) {
    return (Map<?, ?>) requireNonNull(parent.get(key), key);
  }

  private static List<?> list(Map<?, ?> parent, String key) {
    return (List<?>) requireNonNull(parent.get(key), key);
  }

  /** The values of a key in those members of a list that have it. */
  private static List<Object> values(Map<?, ?> parent, String list, String key) {
    return list(parent, list).stream()
        .map(member -> (Map<?, ?>) member)
        .filter(member -> member.containsKey(key))
        .<Object>map(member -> member.get(key))
        .toList();
  }
}
