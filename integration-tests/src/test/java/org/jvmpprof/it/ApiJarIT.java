package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What the Java API brings into an application. */
class ApiJarIT {
  private static final String AGENT = "org/jvmpprof/jvm-pprof-agent.jar";

  @Test
  void entries_areOursAndTheAgentAsItIs() throws IOException {
    try (JarFile jar = new JarFile(System.getProperty("jvmpprof.test.apiJar"))) {
      assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName))
          .contains("org/jvmpprof/Pprof.class", AGENT, "META-INF/LICENSE")
          .allMatch(name -> name.matches("(META-INF|org/jvmpprof)/[^/]+|META-INF/maven/.*"));
      assertThat(jar.getInputStream(jar.getEntry(AGENT)))
          .hasBinaryContent(
              Files.readAllBytes(Path.of(System.getProperty("jvmpprof.test.agentJar"))));
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("org.jvmpprof");
    }
  }
}
