package org.jvmpprof.agent.heap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The heap profile's library in a process whose libc is musl, as on Alpine. */
class HeapLibraryMuslTest {
  private static final Path SOURCE = Path.of("src", "main", "c");

  /** All that a library refers to has to be found at once. */
  private static final String LOADER =
      """
      #include <dlfcn.h>
      #include <stdio.h>
      int main(int count, char **names) {
          void *library = dlopen(names[1], RTLD_NOW);
          puts(library == NULL ? dlerror()
              : dlsym(library, "Java_org_jvmpprof_agent_heap_jni_JvmtiSampler_start") == NULL ? "empty" : "loaded");
          return count - 2;
      }
      """;

  @TempDir Path scratch;

  @BeforeEach
  void needsMusl() throws Exception {
    boolean required = System.getenv("JVM_PPROF_REQUIRE_CC") != null;
    assumeTrue(required || has("musl-gcc"), "no musl-gcc (Debian: musl-tools)");
    assumeTrue(required || has("cc"), "no cc");
    Path source = Files.writeString(scratch.resolve("loader.c"), LOADER);
    run("musl-gcc", "-o", loader().toString(), source.toString());
  }

  @Test
  void library_asPackaged_loads() throws Exception {
    Path library = scratch.resolve("packaged.so");
    try (InputStream in = HeapLibrary.class.getResourceAsStream("/" + HeapLibrary.resource())) {
      Files.copy(Objects.requireNonNull(in), library);
    }
    assertThat(run(loader().toString(), library.toString())).isEqualTo("loaded");
  }

  /** As compilers of hardened distributions are set up: they put checks of glibc's in. */
  @Test
  void library_compiledWithChecksOfGlibc_loads() throws Exception {
    assertThat(run(loader().toString(), built("cc", "-D_FORTIFY_SOURCE=3").toString()))
        .isEqualTo("loaded");
  }

  @Test
  void library_compiledByMuslsCompiler_loads() throws Exception {
    assertThat(run(loader().toString(), built("musl-gcc", "").toString())).isEqualTo("loaded");
  }

  @Test
  void library_callsWhatMuslHasNot_isNoticed() throws Exception {
    Path source = scratch.resolve("foreign.c");
    Path library = scratch.resolve("foreign.so");
    Files.writeString(
        source, "int __only_in_glibc(void); int call(void) { return __only_in_glibc(); }");
    run("cc", "-shared", "-fPIC", "-nostdlib", "-o", library.toString(), source.toString());
    assertThat(run(loader().toString(), library.toString())).contains("__only_in_glibc");
  }

  private Path loader() {
    return scratch.resolve("loader");
  }

  private Path built(String compiler, String flags) throws Exception {
    ProcessBuilder builder =
        builder(
            "sh",
            SOURCE.resolve("build.sh").toString(),
            System.getProperty("java.home"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            scratch.toString());
    builder.environment().put("CC", compiler);
    builder.environment().put("CFLAGS", flags);
    run(builder);
    return scratch.resolve(HeapLibrary.resource());
  }

  private static boolean has(String command) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + command).start().waitFor() == 0;
  }

  private static String run(String... command) throws Exception {
    return run(builder(command));
  }

  private static ProcessBuilder builder(String... command) {
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  private static String run(ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
