package org.jvmpprof.agent.jvm;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A named module whose one package is read from beside the agent's own classes. */
public final class PrivateModule extends ModuleReference {
  private PrivateModule(ModuleDescriptor descriptor) {
    super(descriptor, null);
  }

  /**
   * Defines the module, with a class loader of its own below the agent's. What its classes load is
   * nobody else's, they may use the agent's public types, and the JVM asks nobody whether they may
   * call native code.
   */
  public static Module of(Instrumentation instrumentation, String moduleName, String packageName) {
    Module module = define(moduleName, packageName);
    allowNativeAccess(instrumentation, module);
    return module;
  }

  private static Module define(String moduleName, String packageName) {
    ModuleDescriptor descriptor =
        ModuleDescriptor.newModule(moduleName)
            .requires(Set.of(Modifier.MANDATED), "java.base")
            .exports(packageName)
            .build();
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration()
            .resolve(
                new Finder(new PrivateModule(descriptor)), ModuleFinder.of(), Set.of(moduleName));
    ModuleLayer.Controller controller =
        ModuleLayer.defineModulesWithOneLoader(
            configuration, List.of(boot), PrivateModule.class.getClassLoader());
    Module module = controller.layer().findModule(moduleName).orElseThrow();
    controller.addReads(module, PrivateModule.class.getModule());
    return module;
  }

  @SuppressWarnings("unchecked") // what java.lang.JvmPprofNativeAccess implements
  private static void allowNativeAccess(Instrumentation instrumentation, Module module) {
    try {
      Constructor<?> constructor =
          JavaBase.define(instrumentation, "JvmPprofNativeAccess").getDeclaredConstructor();
      constructor.setAccessible(true);
      ((Consumer<Module>) constructor.newInstance()).accept(module);
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      // JDK 24 and later print a warning then.
    }
  }

  @Override
  public ModuleReader open() {
    return new Reader();
  }

  private record Finder(PrivateModule module) implements ModuleFinder {
    @Override
    public Optional<ModuleReference> find(String name) {
      return name.equals(module.descriptor().name()) ? Optional.of(module) : Optional.empty();
    }

    @Override
    public Set<ModuleReference> findAll() {
      return Set.of(module);
    }
  }

  private static final class Reader implements ModuleReader {
    @Override
    public Optional<URI> find(String name) throws IOException {
      String home = String.valueOf(home());
      List<URL> candidates = urls(name);
      // The application's class path may have files of the same name before ours.
      Optional<URL> ours = candidates.stream().filter(u -> u.toString().contains(home)).findFirst();
      return ours.or(() -> candidates.stream().findFirst()).map(Reader::uri);
    }

    @Override
    public Stream<String> list() {
      return Stream.empty();
    }

    @Override
    public void close() {}

    private static List<URL> urls(String name) throws IOException {
      ClassLoader loader = PrivateModule.class.getClassLoader();
      return loader == null ? List.of() : Collections.list(loader.getResources(name));
    }

    private static URL home() {
      return PrivateModule.class.getProtectionDomain().getCodeSource().getLocation();
    }

    private static URI uri(URL url) {
      try {
        return url.toURI();
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
