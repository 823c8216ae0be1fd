package org.jvmpprof.agent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLoaderTest {
  @TempDir Path scratch;
  private Path jar;

  /** Stands for the agent's entry class. */
  static final class Entry {}

  /** Stands for all others. */
  static final class Inner {
    @Override
    public String toString() {
      return "inner";
    }
  }

  /** Defines a class as loaders do that know of no protection domains. */
  private static final class Placeless extends ClassLoader {
    Class<?> define() throws Exception {
      byte[] classFile = classFile(Entry.class);
      return defineClass(Entry.class.getName(), classFile, 0, classFile.length);
    }
  }

  @BeforeEach
  void writeJar() throws Exception {
    jar = scratch.resolve("an agent.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Name.IMPLEMENTATION_VERSION, "4.5");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      add(out, path(Entry.class), classFile(Entry.class));
      add(out, path(Inner.class), classFile(Inner.class));
      add(out, "java/lang/String.class", new byte[0]);
      add(out, "native/library", new byte[] {7});
    }
  }

  @Test
  void loadClass_ofJar_isDefinedOnceAndNotTheApplications() throws Exception {
    try (URLClassLoader application = application()) {
      Class<?> entry = application.loadClass(Entry.class.getName());
      ClassLoader loader = loader(application);
      Class<?> inner = loader.loadClass(Inner.class.getName());

      assertThat(inner.getClassLoader()).isSameAs(loader);
      assertThat(loader.getName()).isEqualTo("jvm-pprof");
      assertThat(loader.loadClass(Inner.class.getName())).isSameAs(inner);
      assertThat(application.loadClass(Inner.class.getName())).isNotSameAs(inner);
      assertThat(inner.getProtectionDomain()).isSameAs(entry.getProtectionDomain());
      assertThat(inner.getPackage().getImplementationVersion()).isEqualTo("4.5");
    }
  }

  @Test
  void loadClass_notOfJar_isTheParents() throws Exception {
    try (URLClassLoader application = application()) {
      ClassLoader loader = loader(application);

      assertThat(loader.loadClass("java.lang.String")).isSameAs(String.class);
      assertThat(loader.loadClass("java.sql.Driver")).isSameAs(java.sql.Driver.class);
      assertThatThrownBy(() -> loader.loadClass("no.such.Type"))
          .isInstanceOf(ClassNotFoundException.class)
          .hasMessageContaining("no.such.Type");
    }
  }

  @Test
  void getResourceAsStream_ofJarOrNot_isFound() throws Exception {
    try (URLClassLoader application = application()) {
      ClassLoader loader = loader(application);

      try (InputStream in = loader.getResourceAsStream("native/library")) {
        assertThat(in).hasBinaryContent(new byte[] {7});
      }
      try (InputStream in = loader.getResourceAsStream("java/lang/Object.class")) {
        assertThat(in).isNotNull();
      }
      assertThat(loader.getResourceAsStream("no/such/file")).isNull();
    }
  }

  @Test
  void forJarOf_noJar_isTheLoaderOfTheClass() {
    assertThat(AgentLoader.forJarOf(Entry.class)).isSameAs(Entry.class.getClassLoader());
    assertThat(AgentLoader.forJarOf(String.class)).isNull();
  }

  @Test
  void forJarOf_codeSourceWithoutPlace_isTheLoaderOfTheClass() throws Exception {
    Class<?> placeless = new Placeless().define();

    assertThat(placeless.getProtectionDomain().getCodeSource().getLocation()).isNull();
    assertThat(AgentLoader.forJarOf(placeless)).isSameAs(placeless.getClassLoader());
  }

  private static ClassLoader loader(ClassLoader application) throws Exception {
    return requireNonNull(AgentLoader.forJarOf(application.loadClass(Entry.class.getName())));
  }

  private URLClassLoader application() throws Exception {
    return new URLClassLoader(
        new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws Exception {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }

  private static String path(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  private static byte[] classFile(Class<?> type) throws Exception {
    try (InputStream in = type.getClassLoader().getResourceAsStream(path(type))) {
      return in.readAllBytes();
    }
  }
}
