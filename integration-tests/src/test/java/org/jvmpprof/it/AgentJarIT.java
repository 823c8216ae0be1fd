package org.jvmpprof.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the agent puts on the application's class path, and nothing more. */
class AgentJarIT {
  private static final Path PATH = Path.of(System.getProperty("jvmpprof.test.agentJar"));

  /** What is defined into java.base. */
  private static final String BOOT = "java/lang/JvmPprof";

  private final JarFile jar;

  AgentJarIT() throws IOException {
    jar = new JarFile(PATH.toFile());
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  @Test
  void classes_areOursOrTheHookOrAsyncProfilersOwn() {
    assertThat(jar.stream().map(JarEntry::getName))
        .filteredOn(name -> name.endsWith(".class"))
        .contains("org/jvmpprof/agent/Agent.class", BOOT + "Hook.class")
        .allMatch(
            name ->
                name.startsWith("org/jvmpprof/")
                    || name.startsWith("one/profiler/")
                    || name.startsWith(BOOT));
  }

  @Test
  void resources_areNamedForWhatTheyBelongTo() {
    assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName))
        .filteredOn(name -> !name.endsWith(".class"))
        .allMatch(
            name -> name.matches("(META-INF|native|linux-x64|linux-arm64|macos|org/jvmpprof)/.*"));
  }

  @Test
  void manifest_namesTheEntryPoints() throws IOException {
    Attributes manifest = jar.getManifest().getMainAttributes();

    assertThat(manifest.getValue("Premain-Class")).isEqualTo("org.jvmpprof.agent.Agent");
    assertThat(manifest.getValue("Agent-Class")).isEqualTo("org.jvmpprof.agent.Agent");
    assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
    assertThat(manifest.getValue("Boot-Class-Path")).isNull();
  }

  @Test
  void size_isAtMostSixMegabytes() {
    assertThat(PATH.toFile().length()).isLessThanOrEqualTo(6_000_000);
  }

  @Test
  void boot_namesNoClassOfTheAgent() throws IOException {
    for (JarEntry entry : jar.stream().filter(e -> e.getName().startsWith(BOOT)).toList()) {
      byte[] classFile = jar.getInputStream(entry).readAllBytes();

      assertThat(new String(classFile, ISO_8859_1))
          .as(entry.getName())
          .doesNotContain("org/jvmpprof")
          .doesNotContain("org.jvmpprof");
    }
  }
}
