package org.jvmpprof.agent.contention;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Puts hooks into classes while they are loaded or retransformed. It runs in whatever thread loads
 * a class: it takes no lock, logs nothing and throws nothing; a class that it cannot rewrite is
 * loaded as if there were no agent.
 */
final class ContentionTransformer implements ClassFileTransformer {
  private final ClassFilter filter;
  private final boolean waitIsNative;
  private final WovenClasses woven;
  private final List<String> spinning;
  private final AtomicInteger wovenCount = new AtomicInteger();
  private final AtomicInteger failedCount = new AtomicInteger();
  private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();

  /**
   * Makes a transformer that is not installed yet.
   *
   * @param waitIsNative whether calls of {@code Object.wait} are rewritten rather than the method
   */
  ContentionTransformer(ClassFilter filter, boolean waitIsNative, WovenClasses woven) {
    this.filter = filter;
    this.waitIsNative = waitIsNative;
    this.woven = woven;
    spinning = SpinSites.names(waitIsNative);
  }

  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> classBeingRedefined,
      @Nullable ProtectionDomain protectionDomain,
      byte[] classFile) {
    if (className == null) {
      return null;
    }
    try {
      return loader == null
          ? jdkClass(className, classFile)
          : filter.accepts(loader, module, className)
              ? applicationClass(loader, className, classBeingRedefined == null, classFile)
              : null;
    } catch (Throwable t) {
      failed(className, t);
      return null;
    }
  }

  /** How many classes have been rewritten, each time that one was. */
  int wovenCount() {
    return wovenCount.get();
  }

  /** How many class files were not understood. */
  int failedCount() {
    return failedCount.get();
  }

  /** What went wrong first since the last call, for a thread of the agent to log. */
  Optional<String> takeTrouble() {
    return Optional.ofNullable(trouble.getAndSet(null));
  }

  private byte @Nullable [] jdkClass(String className, byte[] classFile) {
    boolean waits = waitIsNative && JdkSites.WAITING.contains(className);
    boolean hooked =
        className.equals(JdkSites.LOCK_SUPPORT)
            || (!waitIsNative && className.equals(JdkSites.OBJECT));
    boolean spins = spinning.contains(className);
    if (ReleaseSites.NAMES.contains(className)) {
      return ReleaseSites.weave(classFile);
    }
    if (!waits && !hooked && !spins) {
      return null;
    }
    MonitorScan scan = MonitorScan.of(classFile);
    if (spins) {
      return SpinSites.weave(classFile, scan);
    }
    if (hooked) {
      return JdkSites.weave(className, classFile, scan);
    }
    Woven result = MonitorWeaver.weave(classFile, scan, MonitorScan.WAIT);
    return result == null ? null : result.classFile();
  }

  private byte @Nullable [] applicationClass(
      ClassLoader loader, String className, boolean loading, byte[] classFile) {
    MonitorScan scan = MonitorScan.of(classFile);
    if (scan.traits() == 0) {
      return null;
    }
    int traits = MonitorScan.BLOCK;
    if (waitIsNative) {
      traits |= MonitorScan.WAIT;
    }
    if (loading || woven.hasDroppedFlags(loader, className)) {
      traits |= MonitorScan.SYNCHRONIZED;
    }
    Woven result = MonitorWeaver.weave(classFile, scan, traits);
    if (result == null) {
      return null;
    }
    woven.add(loader, className, result);
    wovenCount.incrementAndGet();
    return result.classFile();
  }

  private void failed(String className, Throwable t) {
    failedCount.incrementAndGet();
    try {
      trouble.compareAndSet(null, className.replace('/', '.').concat(": ").concat(t.toString()));
    } catch (Throwable untold) {
      // The stack or the heap is exhausted: then the application has other worries.
    }
  }
}
