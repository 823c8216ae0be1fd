package org.jvmpprof.agent.contention;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.jvm.JavaBase;
import org.jvmpprof.agent.log.AgentLog;

/**
 * Brings the hooks into the JVM: into each class of the application that has monitors, and into the
 * few places where the JDK waits and parks. Once there they stay, because the JVM does not give
 * back modifiers; what they do is up to the hook class.
 */
public final class Weaving {
  private final Instrumentation instrumentation;
  private final AgentLog log;
  private final ClassFilter filter;
  private final WovenClasses woven = new WovenClasses();
  private final boolean waitIsNative = isWaitNative();
  private final ContentionTransformer transformer;
  private volatile boolean leftSynchronized;

  /** Classes of the application that may have been loaded without the transformer; until done. */
  private volatile List<Class<?>> loadedBefore = List.of();

  /**
   * Prepares everything and changes nothing.
   *
   * @param include prefixes of the names of classes to instrument; empty for all
   * @param exclude prefixes of the names of classes not to instrument
   */
  public Weaving(
      Instrumentation instrumentation, List<String> include, List<String> exclude, AgentLog log) {
    this.instrumentation = instrumentation;
    this.log = log;
    filter = new ClassFilter(include, exclude);
    transformer = new ContentionTransformer(filter, waitIsNative, woven);
  }

  /**
   * From now on each class that is loaded has hooks. To be called before the application's main
   * method, with the hook class defined already.
   *
   * @throws IOException when the agent's jar is incomplete
   * @throws ReflectiveOperationException when the JVM does not take classes of the agent
   * @throws RuntimeException when the JVM does not let classes be changed
   */
  public void install() throws IOException, ReflectiveOperationException {
    if (waitIsNative) {
      JavaBase.define(instrumentation, "JvmPprofWait");
    }
    warmUp();
    instrumentation.addTransformer(transformer, true);
  }

  /**
   * Gives hooks to the places where the JDK parks and waits, after {@link #install}. Stops the
   * application for some milliseconds.
   */
  public void retransformJdk() {
    List<String> names = new ArrayList<>();
    names.add(JdkSites.LOCK_SUPPORT);
    names.addAll(ReleaseSites.NAMES);
    names.addAll(waitIsNative ? JdkSites.WAITING : List.of(JdkSites.OBJECT));
    names.addAll(SpinSites.names(waitIsNative));
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (type.getClassLoader() == null && names.contains(type.getName().replace('.', '/'))) {
        loaded.add(type);
      }
    }
    try {
      instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
    } catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError e) {
      log.errorOnce("weave-jdk", "waits inside the JDK are not seen: " + e);
    }
    poll();
  }

  /**
   * Notes which classes are loaded, for {@link #retransformLoaded} to look at. To be called when
   * what was being loaded at {@link #install} is there, and before the application loads much.
   */
  public void noteLoaded() {
    loadedBefore = loadedByApplication();
  }

  /**
   * Retransforms the classes with monitors that were there at {@link #noteLoaded} and have no
   * hooks, a few at a time: each time stops the application. Takes long; for a thread of the agent.
   * Methods that are {@code synchronized} stay as they are.
   */
  public void retransformLoaded() throws InterruptedException {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> type : loadedBefore) {
      if (isToRetransform(type)) {
        found.add(type);
      }
    }
    loadedBefore = List.of();
    new Retransformation(instrumentation, log).run(found);
    poll();
  }

  /** Logs what went wrong in threads that do not log. Called now and then by one of the agent's. */
  public void poll() {
    transformer
        .takeTrouble()
        .ifPresent(
            text -> log.errorOnce("weave", "not instrumented, as others that follow: " + text));
  }

  /**
   * Whether the method has hooks at all monitors that it enters. Where it has not, the JVM's own
   * events have to tell.
   *
   * @param className as of {@link Class#getName()}
   */
  public boolean isWoven(String className, String methodName) {
    return woven.isWoven(className, methodName);
  }

  /**
   * Whether a monitor that a method enters has a hook.
   *
   * @param method name and descriptor
   * @param ofMethod whether it is that of a {@code synchronized} method, not of a block
   */
  boolean isHooked(String className, String method, boolean ofMethod) {
    return woven.isHooked(className, ofMethod ? Woven.SYNCHRONIZED.concat(method) : method);
  }

  /** Whether methods are {@code synchronized} that were loaded before {@link #install}. */
  boolean hasLeftSynchronized() {
    return leftSynchronized;
  }

  /** Where {@code Object.wait} has its hook. */
  String waitSite() {
    return waitIsNative ? "call sites" : "Object";
  }

  /** How many class files have been given hooks. */
  public int wovenCount() {
    return transformer.wovenCount();
  }

  /** How many class files were left alone because something about them was not understood. */
  public int failedCount() {
    return transformer.failedCount();
  }

  /**
   * Runs all that rewrites classes once: in the midst of loading a class is no time to load others.
   */
  private void warmUp() throws IOException {
    byte[] sample = classFile(getClass().getClassLoader(), WeavingSample.class.getName());
    if (sample == null) {
      throw new IOException("the class file of " + WeavingSample.class.getName() + " is missing");
    }
    String name = WeavingSample.class.getName().replace('.', '/');
    Woven result = MonitorWeaver.weave(sample, MonitorScan.of(sample), ~0);
    if (result == null) {
      throw new IllegalStateException(name + " has no monitors");
    }
    WovenClasses scratch = new WovenClasses();
    scratch.add(getClass().getClassLoader(), name, result);
    scratch.hasDroppedFlags(getClass().getClassLoader(), name);
  }

  private List<Class<?>> loadedByApplication() {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      ClassLoader loader = type.getClassLoader();
      if (loader != null
          && filter.accepts(loader, type.getModule(), type.getName().replace('.', '/'))) {
        found.add(type);
      }
    }
    return found;
  }

  private boolean isToRetransform(Class<?> type) {
    String name = type.getName();
    ClassLoader loader = type.getClassLoader();
    if (type.isHidden()
        || !instrumentation.isModifiableClass(type)
        || woven.contains(loader, name)) {
      return false;
    }
    try {
      byte[] classFile = classFile(loader, name);
      int traits = classFile == null ? 0 : MonitorScan.of(classFile).traits();
      leftSynchronized |= (traits & MonitorScan.SYNCHRONIZED) != 0;
      return (traits & (MonitorScan.BLOCK | (waitIsNative ? MonitorScan.WAIT : 0))) != 0;
    } catch (IOException | RuntimeException | LinkageError notReadable) {
      // A loader of the application that is closed, or does not do what others do.
      return false;
    }
  }

  private static byte @Nullable [] classFile(@Nullable ClassLoader loader, String name)
      throws IOException {
    String path = name.replace('.', '/').concat(".class");
    try (InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(path)
            : loader.getResourceAsStream(path)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private static boolean isWaitNative() {
    try {
      return Modifier.isNative(Object.class.getMethod("wait", long.class).getModifiers());
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }
}
