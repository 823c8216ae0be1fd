package org.jvmpprof.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The loader of all that is in the agent's jar. The application's, which has the jar on its class
 * path, would do; but it takes much longer for each class, and what it has defined is there for the
 * application, too.
 */
final class AgentLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  /** That of the jar which {@link Agent} is from; its own one when it is not from a jar. */
  static final @Nullable ClassLoader OF_AGENT = forJarOf(Agent.class);

  private final ZipFile jar;
  private final ProtectionDomain domain;

  private AgentLoader(ZipFile jar, Class<?> agent) {
    super("jvm-pprof", agent.getClassLoader());
    this.jar = jar;
    domain = agent.getProtectionDomain();
    Package named = agent.getPackage();
    String title = named.getImplementationTitle();
    String version = named.getImplementationVersion();
    definePackage(named.getName(), null, null, null, title, version, null, null);
  }

  /** The loader of what is in the same jar as a class; of that class itself if that is no jar. */
  static @Nullable ClassLoader forJarOf(Class<?> agent) {
    CodeSource source = agent.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null) {
      return agent.getClassLoader();
    }
    try {
      return new AgentLoader(new ZipFile(new File(location.toURI())), agent);
    } catch (IOException | URISyntaxException | IllegalArgumentException noJar) {
      return agent.getClassLoader();
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    // Its jar brings classes of the package java.lang along, as files.
    ZipEntry entry =
        name.startsWith("java.") ? null : jar.getEntry(name.replace('.', '/').concat(".class"));
    if (entry == null) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name, entry) : known;
    }
  }

  private Class<?> define(String name, ZipEntry entry) throws ClassNotFoundException {
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] classFile = in.readAllBytes();
      return defineClass(name, classFile, 0, classFile.length, domain);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    ZipEntry entry = jar.getEntry(name);
    try {
      return entry == null ? super.getResourceAsStream(name) : jar.getInputStream(entry);
    } catch (IOException e) {
      return null;
    }
  }
}
