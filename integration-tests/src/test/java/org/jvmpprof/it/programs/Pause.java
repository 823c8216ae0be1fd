package org.jvmpprof.it.programs;

/** A pause that is in no profile: sleeping is not waiting for anybody. */
final class Pause {
  private Pause() {}

  static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
