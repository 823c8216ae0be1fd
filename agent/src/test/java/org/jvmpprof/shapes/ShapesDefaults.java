package org.jvmpprof.shapes;

/** Monitors in interfaces. */
interface ShapesDefaults {
  /** In a default method. */
  default boolean defaultBlock(Object object) {
    synchronized (object) {
      return Thread.holdsLock(object);
    }
  }

  /** In a static method. */
  static boolean staticBlock(Object object) {
    synchronized (object) {
      return Thread.holdsLock(object);
    }
  }
}
