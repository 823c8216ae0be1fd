package org.jvmpprof.agent.heap;

import java.lang.ref.WeakReference;

/** Collections that happen when a test says so. */
final class FakeRounds extends Rounds {
  boolean collects;

  @Override
  boolean isGone(WeakReference<Object> object) {
    return collects;
  }
}
