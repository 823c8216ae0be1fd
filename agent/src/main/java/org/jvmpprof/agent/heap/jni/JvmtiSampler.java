package org.jvmpprof.agent.heap.jni;

import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.heap.AllocationSampler;

/** The library, in heap_sampler.c. Once in a JVM, in a module of its own. */
public final class JvmtiSampler implements AllocationSampler {
  /**
   * Loads the library from a file.
   *
   * @throws UnsatisfiedLinkError when the JVM or the system does not take it
   */
  @SuppressWarnings("restricted") // which JDK 24 and later ask the user to allow
  public JvmtiSampler(String path) {
    System.load(path);
  }

  @Override
  public native int start(int meanBytes, boolean classes);

  @Override
  public native int setMean(int meanBytes);

  @Override
  public native int stop();

  @Override
  public native void gather(boolean begin);

  @Override
  public native int next(long[] words);

  @Override
  public native void takeDropped(long[] objectsAndBytes);

  @Override
  public native void sweep(long[] references, int count, boolean all);

  @Override
  public native Thread @Nullable [] threads();

  @Override
  public native void clocks(Thread[] threads, long[] clocks);

  @Override
  public native long @Nullable [] @Nullable [] stacks(Thread[] threads);

  @Override
  public native String @Nullable [] method(long id);

  @Override
  public native int @Nullable [] lines(long id);
}
