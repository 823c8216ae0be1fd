package java.lang;

import jdk.internal.misc.Unsafe;

/** Hot path: permits with which the next park returns at once. Wait-free. */
final class JvmPprofPermits {
  private static final Unsafe UNSAFE = Unsafe.getUnsafe();

  /** The class of virtual threads; one that no thread has where there are none. */
  private static final Class<?> VIRTUAL = virtualThreads();

  /** Where a virtual thread keeps it; or -1. */
  private static final long OFFSET = offset();

  private JvmPprofPermits() {}

  /**
   * Whether a thread is seen to have one. A virtual thread has one after each sleep. What a
   * platform thread has is not to be seen.
   */
  static boolean isHeldBy(Thread thread) {
    return thread.getClass() == VIRTUAL && OFFSET >= 0 && UNSAFE.getBooleanVolatile(thread, OFFSET);
  }

  private static Class<?> virtualThreads() {
    try {
      return Class.forName("java.lang.VirtualThread", false, null);
    } catch (ClassNotFoundException olderJdk) {
      return void.class;
    }
  }

  private static long offset() {
    try {
      return VIRTUAL == void.class ? -1 : UNSAFE.objectFieldOffset(VIRTUAL, "parkPermit");
    } catch (InternalError otherJdk) {
      return -1;
    }
  }
}
