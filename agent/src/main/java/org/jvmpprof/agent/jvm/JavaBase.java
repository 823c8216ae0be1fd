package org.jvmpprof.agent.jvm;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The module java.base, as far as the agent adds classes of its own to it. Appending to the boot
 * class path would do the same, but costs the JVM its class-data sharing.
 */
public final class JavaBase {
  private static @Nullable Lookup javaLang;

  private JavaBase() {}

  /**
   * Defines a class of package java.lang from a class file that lies beside the agent's own, or
   * finds the one that another copy of the agent has defined before. From then on the package is
   * open to the agent's module.
   *
   * @param simpleName without {@code java.lang.}
   * @throws IOException when there is no such class file
   * @throws ReflectiveOperationException when the JVM does not take it
   * @throws RuntimeException when the JVM does not open the package
   */
  public static Class<?> define(Instrumentation instrumentation, String simpleName)
      throws IOException, ReflectiveOperationException {
    byte[] classFile = classFile(simpleName);
    Lookup javaLang = javaLang(instrumentation);
    try {
      return javaLang.defineClass(classFile);
    } catch (LinkageError alreadyDefined) {
      return Class.forName("java.lang.".concat(simpleName), false, null);
    }
  }

  private static byte[] classFile(String simpleName) throws IOException {
    // Not +, whose first use in a JVM takes longer than all the rest of this.
    String path = "/java/lang/".concat(simpleName).concat(".class");
    try (InputStream in = JavaBase.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new FileNotFoundException(path);
      }
      return in.readAllBytes();
    }
  }

  private static synchronized Lookup javaLang(Instrumentation instrumentation)
      throws IllegalAccessException {
    Lookup known = javaLang;
    if (known == null) {
      open(instrumentation);
      known = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
      javaLang = known;
    }
    return known;
  }

  private static void open(Instrumentation instrumentation) {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang", Set.of(JavaBase.class.getModule())),
        Set.of(),
        Map.<Class<?>, List<Class<?>>>of());
  }
}
