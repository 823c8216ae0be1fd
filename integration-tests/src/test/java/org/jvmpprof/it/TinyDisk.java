package org.jvmpprof.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system of 64 KB, to fill up. Skips the test where mounting is not permitted.
 *
 * @param root where it is mounted
 */
record TinyDisk(Path root) implements AutoCloseable {

  static TinyDisk mountAt(Path root) throws IOException {
    return mountAt(root, "exec");
  }

  /** With one of the options of {@code mount}. */
  static TinyDisk mountAt(Path root, String option) throws IOException {
    Files.createDirectories(root);
    String options = "size=64k," + option;
    int exit = run("mount", "-t", "tmpfs", "-o", options, "jvm-pprof-test", root.toString());
    assumeTrue(exit == 0, "mounting a file system is not permitted here");
    return new TinyDisk(root);
  }

  /** Takes all the room that is left. */
  void fill() {
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(new byte[1]);
      }
    } catch (IOException e) {
      // Full, as wanted.
    }
  }

  /** Gives the room back. */
  void empty() throws IOException {
    Files.delete(filler());
  }

  @Override
  public void close() {
    run("umount", root.toString());
  }

  private Path filler() {
    return root.resolve("filler");
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      return -1; // no such command
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
