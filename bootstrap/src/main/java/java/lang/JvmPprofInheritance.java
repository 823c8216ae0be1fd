package java.lang;

import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import jdk.internal.misc.Unsafe;

/**
 * Gives a new thread the labels of the thread that starts it, as Go does: they become the first
 * marks on its stack. A thread that an executor starts for its pool would keep for ever what
 * belongs to one task, and gets none; nor does a thread of the JDK's own kinds (timers, cleaners,
 * workers). Virtual threads are nobody's pool.
 */
@SuppressWarnings("overloads") // of andThen, which nobody calls
final class JvmPprofInheritance
    implements Consumer<Thread>, Function<Stream<StackWalker.StackFrame>, Boolean> {
  /** Between an executor's method and {@code Thread.start} lie few frames. */
  private static final int NEAR_FRAMES = 12;

  /** Null before JDK 19. */
  static final Class<?> VIRTUAL_THREAD = find("java.lang.VirtualThread");

  private static final Unsafe UNSAFE = Unsafe.getUnsafe();
  private static final JvmPprofInheritance STARTED_BY_POOL = new JvmPprofInheritance();
  private static final Class<?> CONTINUATION = find("jdk.internal.vm.Continuation");
  private static final Class<?> FIELD_HOLDER = find("java.lang.Thread$FieldHolder");

  JvmPprofInheritance() {}

  /** Called in the thread that is about to start another. */
  @Override
  public void accept(Thread child) {
    if (!JvmPprofLabels.used) {
      return;
    }
    try {
      JvmPprofLabels labels = JvmPprofLabels.current();
      if (labels != null) {
        give(labels, child);
      }
    } catch (Throwable t) {
      // The thread starts without labels.
    }
  }

  private static void give(JvmPprofLabels labels, Thread child) throws NoSuchMethodException {
    if (child.getClass() == VIRTUAL_THREAD) {
      Object continuation = reference(child, VIRTUAL_THREAD, "cont");
      Object body = reference(continuation, CONTINUATION, "target");
      wrap(labels, body, body.getClass(), "val$task");
    } else if (inherits(child)) {
      if (child.getClass().getMethod("run").getDeclaringClass() != Thread.class) {
        JvmPprofThreadLabels.put(child, labels);
      } else if (FIELD_HOLDER == null) {
        wrap(labels, child, Thread.class, "target");
      } else {
        wrap(labels, reference(child, Thread.class, "holder"), FIELD_HOLDER, "task");
      }
    }
  }

  private static boolean inherits(Thread child) {
    ClassLoader loader = child.getClass().getClassLoader();
    boolean ofJdk = loader == null || loader == ClassLoader.getPlatformClassLoader();
    return (!ofJdk || child.getClass() == Thread.class)
        && !StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
            .walk(STARTED_BY_POOL);
  }

  /** Whether an executor's method is near the leaf, within the current scope. */
  @Override
  public Boolean apply(Stream<StackWalker.StackFrame> stack) {
    Iterator<StackWalker.StackFrame> frames = stack.limit(NEAR_FRAMES).iterator();
    while (frames.hasNext()) {
      Class<?> type = frames.next().getDeclaringClass();
      if (type == JvmPprofMarks.class) {
        return false;
      }
      if (Executor.class.isAssignableFrom(type) && !startsThreadPerTask(type)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsThreadPerTask(Class<?> executor) {
    return executor.getClassLoader() == null
        && executor.getName().endsWith("ThreadPerTaskExecutor");
  }

  private static void wrap(JvmPprofLabels labels, Object owner, Class<?> declaring, String field) {
    long offset = UNSAFE.objectFieldOffset(declaring, field);
    if (UNSAFE.getReference(owner, offset) instanceof Runnable task
        && !(task instanceof JvmPprofInherited)) {
      UNSAFE.putReference(owner, offset, new JvmPprofInherited(labels, task));
    }
  }

  private static Object reference(Object owner, Class<?> declaring, String field) {
    return UNSAFE.getReference(owner, UNSAFE.objectFieldOffset(declaring, field));
  }

  private static Class<?> find(String name) {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
