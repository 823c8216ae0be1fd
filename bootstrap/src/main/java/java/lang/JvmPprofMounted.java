package java.lang;

import java.lang.reflect.Field;
import jdk.internal.misc.Unsafe;

/**
 * A virtual thread that uses labels. After a wait, HotSpot brings only the frames near the leaf
 * back onto the carrier's stack, often without the marks; so each mount is noted in the carrier's
 * log, together with the labels in force. It takes the place of what the scheduler runs in order to
 * mount the thread.
 */
final class JvmPprofMounted extends JvmPprofLabelCell implements Runnable {
  private static final Unsafe UNSAFE = Unsafe.getUnsafe();

  /** Where a virtual thread keeps what its scheduler runs; negative where this JDK has no such. */
  private static final long CONTINUE_OFFSET = offset("runContinuation");

  private final Runnable mount;

  /** That of the carrier; null while nobody wants it. */
  private JvmPprofMountLog log;

  private JvmPprofMounted(Runnable mount) {
    this.mount = mount;
  }

  /** The cell of the current thread, whose mounts are watched from now on if it is virtual. */
  static JvmPprofLabelCell cell(Thread current) {
    if (CONTINUE_OFFSET < 0 || current.getClass() != JvmPprofInheritance.VIRTUAL_THREAD) {
      return new JvmPprofLabelCell();
    }
    Runnable mount = (Runnable) UNSAFE.getReference(current, CONTINUE_OFFSET);
    JvmPprofMounted cell = new JvmPprofMounted(mount);
    UNSAFE.putReferenceRelease(current, CONTINUE_OFFSET, cell);
    return cell;
  }

  /** Runs the thread until it waits, on the carrier. */
  @Override
  public void run() {
    // As soon as the thread waits again, another carrier may be in here.
    JvmPprofMountLog carrier = JvmPprofMountLogs.ofCarrier();
    log = carrier;
    mounts++;
    if (carrier == null) {
      mount.run();
      return;
    }
    carrier.add(labels);
    try {
      mount.run();
    } finally {
      carrier.add(null);
    }
  }

  /** The marks in force may be among the frames that are not back yet. */
  @Override
  void restored() {
    JvmPprofMountLog carrier = log;
    if (carrier != null) {
      carrier.add(labels);
    }
  }

  private static long offset(String name) {
    Class<?> type = JvmPprofInheritance.VIRTUAL_THREAD;
    try {
      Field field = type == null ? null : type.getDeclaredField(name);
      return field != null && field.getType() == Runnable.class
          ? UNSAFE.objectFieldOffset(field)
          : -1;
    } catch (NoSuchFieldException e) {
      return -1;
    }
  }
}
