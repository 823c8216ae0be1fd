package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import net.bytebuddy.jar.asm.ClassReader;
import org.jvmpprof.it.programs.JitCompiler;
import org.jvmpprof.it.programs.SweepProgram;

/** Every class of large libraries, instrumented, is as good as it was. */
class SweepIT {
  private static final Path JARS = Path.of("target", "sweep").toAbsolutePath();

  @OnEachJdk
  void libraries_everyClassWoven_linkAndCompileAsWithoutAgent(Java java) throws IOException {
    ChildJvm without = sweep(java).run();
    ChildJvm with = sweep(java).flags("-Xverify:all").agent().run();

    assertThat(with.outLines())
        .filteredOn(line -> !line.startsWith("flagged="))
        // The JVM tells a class's methods in any order.
        .containsExactlyInAnyOrderElementsOf(
            without.outLines().stream().filter(line -> !line.startsWith("flagged=")).toList());
    assertThat(with.agentLines()).noneMatch(line -> line.contains("not instrumented"));
    assertThat(with.value("linked")).isGreaterThan(25_000);
    assertThat(with.value("compiled")).isGreaterThan(2_000);
    assertThat(without.value("flagged")).isGreaterThan(1_000);
    assertThat(with.value("flagged")).as("synchronized methods left").isZero();
  }

  private static Program sweep(Java java) throws IOException {
    return java.program(SweepProgram.class)
        .library(ClassReader.class)
        .flags("-Xbatch", "-XX:TieredStopAtLevel=1", "-Xmx1g")
        .flags("-XX:+UnlockDiagnosticVMOptions", "-XX:+WhiteBoxAPI")
        .flags("-Xbootclasspath/a:" + whiteBox(java.directory().resolve("whitebox.jar")))
        .args(JARS.toString());
  }

  private static Path whiteBox(Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String name :
          List.of(
              "sun/hotspot/WhiteBox",
              "jdk/test/whitebox/WhiteBox",
              JitCompiler.class.getName().replace('.', '/'))) {
        out.putNextEntry(new JarEntry(name + ".class"));
        try (InputStream in = SweepIT.class.getResourceAsStream("/" + name + ".class")) {
          in.transferTo(out);
        }
      }
    }
    return jar;
  }
}
