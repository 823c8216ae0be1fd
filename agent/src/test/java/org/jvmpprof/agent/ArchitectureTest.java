package org.jvmpprof.agent;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The allowed directions between the agent's packages: a statement of policy. */
class ArchitectureTest {
  private static final String BASE = "org.jvmpprof.agent";

  /** Each package, and those that it may use. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("jvm", Set.of()),
          Map.entry("log", Set.of()),
          Map.entry("time", Set.of()),
          Map.entry("stack", Set.of()),
          Map.entry("options", Set.of("log")),
          Map.entry("profile", Set.of("stack")),
          Map.entry("event", Set.of("stack", "profile")),
          Map.entry("jfr", Set.of("jvm", "log", "event")),
          Map.entry("encode", Set.of("stack", "profile")),
          Map.entry("control", Set.of("log", "time", "options", "stack", "profile", "encode")),
          Map.entry(
              "contention",
              Set.of("jvm", "log", "time", "options", "stack", "profile", "event", "jfr")),
          Map.entry(
              "threads", Set.of("jvm", "log", "time", "options", "stack", "profile", "event")),
          Map.entry("trace", Set.of("jvm", "control")),
          Map.entry("labels", Set.of("jvm", "log", "stack", "profile", "event")),
          Map.entry("heap", Set.of("jvm", "log", "time", "options", "stack", "profile", "event")),
          Map.entry("heap.jni", Set.of("heap")),
          Map.entry(
              "http", Set.of("log", "time", "options", "profile", "encode", "event", "control")),
          Map.entry("drain", Set.of("log", "stack", "profile", "event")),
          Map.entry("store", Set.of("log", "time", "options", "stack", "profile", "encode")),
          Map.entry(
              "cpu", Set.of("jvm", "log", "time", "options", "stack", "profile", "event", "jfr")));

  /** Libraries, and the only packages that may know them. */
  private static final Map<String, Set<String>> ONLY_IN =
      Map.of(
          "one.profiler", Set.of("cpu"),
          "one.jfr", Set.of("cpu"),
          "jdk.jfr", Set.of("cpu", "contention", "jfr", "trace"),
          "com.google.protobuf", Set.of("encode"),
          "net.bytebuddy", Set.of("contention", "threads"));

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE);

  @Test
  void packages_dependOnlyOnThoseAllowed() {
    Set<String> broken = new TreeSet<>();
    for (JavaClass type : classes) {
      String from = part(type);
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        if (from.isEmpty()
            || from.equals(part(target))
            || !target.getPackageName().startsWith(BASE)) {
          continue;
        }
        if (!MAY_USE.getOrDefault(from, Set.of()).contains(part(target))) {
          broken.add(from + " uses " + part(target) + ": " + dependency.getDescription());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void packages_areAllInTheTable() {
    List<String> unknown =
        classes.stream()
            .map(ArchitectureTest::part)
            .filter(part -> !part.isEmpty() && !MAY_USE.containsKey(part))
            .distinct()
            .toList();
    assertThat(unknown).isEmpty();
  }

  @Test
  void libraries_areKnownOnlyWhereTheyBelong() {
    Set<String> broken = new TreeSet<>();
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        ONLY_IN.forEach(
            (library, parts) -> {
              if (dependency.getTargetClass().getPackageName().startsWith(library)
                  && !parts.contains(part(type))) {
                broken.add(dependency.getDescription());
              }
            });
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(classes);
  }

  /** The package below the base, e.g. {@code cpu}; empty for the base itself and for others. */
  private static String part(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(BASE + ".") ? name.substring(BASE.length() + 1) : "";
  }
}
