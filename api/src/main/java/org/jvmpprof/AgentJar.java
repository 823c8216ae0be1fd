package org.jvmpprof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The agent that this library carries, as a file that the JVM can load. */
final class AgentJar {
  private static final String NAME = "jvm-pprof-agent.jar";

  private AgentJar() {}

  /**
   * Copies it into a new directory that only this user can enter. It is deleted when the JVM ends,
   * because classes are read from it until then.
   *
   * @throws IOException when it is not there or the temporary directory cannot be written to
   */
  static Path extract() throws IOException {
    try (InputStream carried = AgentJar.class.getResourceAsStream(NAME)) {
      if (carried == null) {
        throw new IOException("this copy of the jvm-pprof api carries no " + NAME);
      }
      Path directory = Files.createTempDirectory("jvm-pprof-");
      directory.toFile().deleteOnExit();
      Path jar = directory.resolve(NAME).toAbsolutePath();
      jar.toFile().deleteOnExit();
      Files.copy(carried, jar);
      return jar;
    }
  }
}
