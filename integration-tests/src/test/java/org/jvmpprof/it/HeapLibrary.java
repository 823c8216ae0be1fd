package org.jvmpprof.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.jar.JarFile;

/**
 * The library of the heap profile, which an agent that was built without a compiler does not have.
 */
final class HeapLibrary {
  private HeapLibrary() {}

  static void assumeBuilt() throws IOException {
    assumeTrue(isBuilt(), "no C compiler when the agent was built");
  }

  static boolean isBuilt() throws IOException {
    try (JarFile jar = new JarFile(System.getProperty("jvmpprof.test.agentJar"))) {
      return jar.stream().anyMatch(entry -> entry.getName().contains("libjvmpprofheap"));
    }
  }
}
