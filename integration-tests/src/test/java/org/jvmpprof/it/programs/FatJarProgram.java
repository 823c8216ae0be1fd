package org.jvmpprof.it.programs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * An application whose libraries lie inside its one jar, as Spring Boot packs it: they are no files
 * and have no path. The argument is that jar, with the Java API in it.
 */
public final class FatJarProgram {
  private FatJarProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    NestedLoader loader = new NestedLoader();
    try (InputStream jar = Path.of(args[0]).toUri().toURL().openStream()) {
      read(
          jar,
          (name, bytes) -> {
            if (name.endsWith(".jar")) {
              read(new ByteArrayInputStream(bytes), loader.entries::put);
            }
          });
    }
    String tenant = Tenant.class.getName().replace('.', '/') + ".class";
    try (InputStream in = FatJarProgram.class.getResourceAsStream('/' + tenant)) {
      loader.entries.put(tenant, in.readAllBytes());
    }
    UnaryOperator<String> application = TenantsProgram.application(loader);
    System.out.println("install=" + application.apply("install"));
    System.out.println("open=" + application.apply("open"));
    System.out.println("count=" + application.apply("count"));
  }

  private interface Entries {
    void add(String name, byte[] bytes) throws IOException;
  }

  private static void read(InputStream jar, Entries entries) throws IOException {
    ZipInputStream zip = new ZipInputStream(jar);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      entries.add(entry.getName(), zip.readAllBytes());
    }
  }

  private static final class NestedLoader extends ClassLoader {
    final Map<String, byte[]> entries = new HashMap<>();

    NestedLoader() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = entries.get(name.replace('.', '/') + ".class");
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      byte[] bytes = entries.get(name);
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
  }
}
