package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoToolTest {
  @TempDir Path directory;

  @Test
  void on_twoCommandsOfOneVersion_yieldsTheFirst() throws IOException, InterruptedException {
    Path first = command("first", "go1.19");
    Path newer = command("newer", "go1.26");
    Path again = command("again", "go1.19");

    assertThat(GoTool.on(directory + ":" + first + ":" + newer + ":" + again))
        .containsExactly(
            new GoTool(first.resolve("go"), "go1.19"), new GoTool(newer.resolve("go"), "go1.26"));
  }

  private Path command(String name, String version) throws IOException {
    Path bin = Files.createDirectory(directory.resolve(name));
    Path go = Files.writeString(bin.resolve("go"), "#!/bin/sh\necho " + version + "\n");
    Files.setPosixFilePermissions(go, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin;
  }
}
