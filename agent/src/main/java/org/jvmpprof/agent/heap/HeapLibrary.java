package org.jvmpprof.agent.heap;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.jvm.PrivateModule;

/** The library that samples allocations: found in the agent's jar, loaded once in a JVM. */
final class HeapLibrary {
  private static final String PACKAGE = "org.jvmpprof.agent.heap.jni";

  /** For good: the JVM calls into it, so it must never be unloaded. */
  private static @Nullable AllocationSampler loaded;

  private HeapLibrary() {}

  /**
   * Loads the library for this platform, or returns the loaded one.
   *
   * @throws HeapUnavailableException when there is none, or it cannot be written to the temporary
   *     directory and loaded from there
   */
  static synchronized AllocationSampler load(Instrumentation instrumentation)
      throws HeapUnavailableException {
    if (loaded == null) {
      loaded = extractAndLoad(instrumentation);
    }
    return loaded;
  }

  /** Where the library for this platform lies in the jar, e.g. {@code native/linux-x64/…}. */
  static String resource() {
    return "native/" + platform() + "/" + System.mapLibraryName("jvmpprofheap");
  }

  private static AllocationSampler extractAndLoad(Instrumentation instrumentation)
      throws HeapUnavailableException {
    try (InputStream library = HeapLibrary.class.getResourceAsStream("/" + resource())) {
      if (library == null) {
        throw new HeapUnavailableException(
            "this agent was built without the library for "
                + platform()
                + "; docs/heap.md says how to add it");
      }
      Path file = Files.createTempFile("jvm-pprof-", ".lib");
      try {
        Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
        return load(instrumentation, file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw cannotBeLoaded(e);
    }
  }

  private static AllocationSampler load(Instrumentation instrumentation, Path file)
      throws HeapUnavailableException {
    try {
      Module module = PrivateModule.of(instrumentation, "org.jvmpprof.heap", PACKAGE);
      return Class.forName(module, PACKAGE + ".JvmtiSampler")
          .asSubclass(AllocationSampler.class)
          .getConstructor(String.class)
          .newInstance(file.toString());
    } catch (InvocationTargetException e) {
      throw cannotBeLoaded(e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw cannotBeLoaded(e);
    }
  }

  private static HeapUnavailableException cannotBeLoaded(Throwable e) {
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    return new HeapUnavailableException(
        "its library cannot be loaded ("
            + reason
            + "); it needs a temporary directory that allows executables, -Djava.io.tmpdir names"
            + " one",
        e);
  }

  private static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return (os.startsWith("mac") ? "macos" : os) + "-" + architecture();
  }

  private static String architecture() {
    String arch = System.getProperty("os.arch", "");
    return switch (arch) {
      case "amd64", "x86_64" -> "x64";
      case "aarch64" -> "arm64";
      default -> arch;
    };
  }
}
