package org.jvmpprof.agent.control;

import org.jvmpprof.agent.profile.Snapshot;

/** CPU samples that are being collected for somebody, from one moment on. */
public interface CpuCollection extends AutoCloseable {
  /**
   * Ends the collection now and waits for samples that were taken before and are still on their
   * way.
   *
   * @return exactly what was sampled from the begin until this call
   */
  Snapshot finish() throws InterruptedException;

  /** Gives up what was collected; does nothing after {@link #finish}. */
  @Override
  void close();
}
