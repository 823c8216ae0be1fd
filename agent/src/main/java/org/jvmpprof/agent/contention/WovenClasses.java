package org.jvmpprof.agent.contention;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The classes that have been rewritten, by name, as long as their loaders live. A class that has
 * been loaded without its flags {@code synchronized} must lose them again whenever it is
 * retransformed, by whomever: the JVM refuses to change modifiers of a loaded class. It cannot be
 * asked for them, because that would load the classes which its methods name.
 */
final class WovenClasses {
  private static final int FIRST_SWEEP_SIZE = 4096;

  private final ConcurrentMap<String, Entry> byName = new ConcurrentHashMap<>();

  /** At this many names those of unloaded classes are looked for. */
  private final AtomicInteger sweepSize = new AtomicInteger(FIRST_SWEEP_SIZE);

  /**
   * One class; its name may be that of others in other loaders.
   *
   * @param loader null for the boot loader
   */
  private record Entry(
      @Nullable WeakReference<ClassLoader> loader,
      boolean flagsDropped,
      List<String> unhooked,
      @Nullable Entry next) {
    boolean isOf(@Nullable ClassLoader candidate) {
      return loader == null ? candidate == null : candidate != null && loader.refersTo(candidate);
    }

    boolean isUnloaded() {
      return loader != null && loader.refersTo(null);
    }
  }

  /** Remembers a class, in place of what is known of the same one. */
  void add(@Nullable ClassLoader loader, String internalName, Woven woven) {
    WeakReference<ClassLoader> reference = loader == null ? null : new WeakReference<>(loader);
    String name = internalName.replace('/', '.');
    while (true) {
      Entry present = byName.get(name);
      Entry others = without(present, loader);
      List<String> unhooked = woven.unhooked();
      Entry entry = new Entry(reference, woven.flagsDropped(), unhooked, others);
      if (present == null
          ? byName.putIfAbsent(name, entry) == null
          : byName.replace(name, present, entry)) {
        sweep();
        return;
      }
    }
  }

  /** Whether this class was loaded without the flags that its class file has. */
  boolean hasDroppedFlags(@Nullable ClassLoader loader, String internalName) {
    Entry entry = find(loader, internalName.replace('/', '.'));
    return entry != null && entry.flagsDropped;
  }

  /** Whether this class has been rewritten. */
  boolean contains(@Nullable ClassLoader loader, String name) {
    return find(loader, name) != null;
  }

  /**
   * Whether in each class of this name the monitor that a method enters has a hook.
   *
   * @param monitor as {@link Woven#unhooked} would name it
   */
  boolean isHooked(String name, String monitor) {
    return isWoven(name, monitor::equals);
  }

  /** Whether in each class of this name the method has hooks at all monitors that it enters. */
  boolean isWoven(String name, String method) {
    String begin = method.concat("(");
    return isWoven(
        name,
        monitor ->
            monitor.startsWith(begin) || monitor.startsWith(begin, Woven.SYNCHRONIZED.length()));
  }

  private boolean isWoven(String name, Predicate<String> unhooked) {
    Entry entry = byName.get(name);
    for (Entry each = entry; each != null; each = each.next) {
      for (String monitor : each.unhooked) {
        if (unhooked.test(monitor)) {
          return false;
        }
      }
    }
    return entry != null;
  }

  private @Nullable Entry find(@Nullable ClassLoader loader, String name) {
    for (Entry each = byName.get(name); each != null; each = each.next) {
      if (each.isOf(loader)) {
        return each;
      }
    }
    return null;
  }

  /** The entries but those of this loader and of loaders that are gone. */
  private static @Nullable Entry without(@Nullable Entry entries, @Nullable ClassLoader loader) {
    Entry kept = null;
    for (Entry each = entries; each != null; each = each.next) {
      if (!each.isOf(loader) && !each.isUnloaded()) {
        kept = new Entry(each.loader, each.flagsDropped, each.unhooked, kept);
      }
    }
    return kept;
  }

  private void sweep() {
    int limit = sweepSize.get();
    if (byName.size() < limit || !sweepSize.compareAndSet(limit, Integer.MAX_VALUE)) {
      return;
    }
    for (var present : byName.entrySet()) {
      Entry entry = present.getValue();
      if (entry.isUnloaded() && entry.next == null) {
        byName.remove(present.getKey(), entry);
      }
    }
    sweepSize.set(Math.max(FIRST_SWEEP_SIZE, 2 * byName.size()));
  }
}
