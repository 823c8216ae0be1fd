package org.jvmpprof.agent.heap;

import org.jspecify.annotations.Nullable;

/**
 * The JVM's sampling of allocations (JEP 331): one in so many bytes, at exponential distances. All
 * methods are called by one thread at a time, none by the application's.
 */
public interface AllocationSampler {
  /** Words of a sample: the id of its thread. */
  int THREAD = 0;

  /** Words of a sample: the weak reference to the object, to be released by {@link #sweep}. */
  int REFERENCE = 1;

  /** Words of a sample: the object's size in bytes, header included. */
  int SIZE = 2;

  /** Words of a sample: the mean of bytes between samples with which it was chosen. */
  int MEAN = 3;

  /** Words of a sample: the number of frames. */
  int DEPTH = 4;

  /**
   * Words of a sample: method id and bytecode index of each frame, leaf first; after the last, up
   * to {@link #MAX_SIGNATURE_BYTES} of the class's signature, or nothing.
   */
  int FRAMES = 5;

  /** As much as is kept of a class's signature. */
  int MAX_SIGNATURE_BYTES = 512;

  /** No sample has more words. */
  int MAX_WORDS = FRAMES + 2 * 128 + MAX_SIGNATURE_BYTES / Long.BYTES;

  /**
   * Begins to sample.
   *
   * @param meanBytes between two samples; 1 for every allocation
   * @param classes whether samples tell the object's class
   * @return 0, or the JVM's error number
   */
  int start(int meanBytes, boolean classes);

  /**
   * Changes the mean, while sampling. The JVM draws the distance to a thread's next sample when it
   * makes the thread and when it takes a sample: until that one, the mean of then holds.
   */
  int setMean(int meanBytes);

  /**
   * Ends sampling; what was sampled can still be taken. Called again until it returns 0.
   *
   * @return how many threads are still taking a sample
   */
  int stop();

  /**
   * Makes all samples that have been taken the ones that {@link #next} returns.
   *
   * @param begin before the first of them; false after the last: in between, what this thread
   *     allocates is not sampled
   */
  void gather(boolean begin);

  /**
   * The next of the gathered samples.
   *
   * @param words receives it, {@link #MAX_WORDS} at most
   * @return how many words it has; 0 when there is none left
   */
  int next(long[] words);

  /** Receives the number of samples dropped since the last call, and the bytes of their objects. */
  void takeDropped(long[] objectsAndBytes);

  /**
   * Releases weak references and sets them to 0.
   *
   * @param count how many of them to look at
   * @param all whether to release also those whose object still exists
   */
  void sweep(long[] references, int count, boolean all);

  /**
   * All platform threads, without a pause; any thread may ask. Null where the JVM does not tell.
   */
  Thread @Nullable [] threads();

  /**
   * How long threads have been on a CPU; any thread may ask.
   *
   * @param clocks receives in turns a thread's number, 0 where not known, and its nanoseconds, −1
   *     where not known
   */
  void clocks(Thread[] threads, long[] clocks);

  /**
   * The stacks of platform threads at one instant; any thread may ask.
   *
   * @return for each a hash of all that follows, then method id and bytecode index of each frame,
   *     leaf first, 128 at most; null for a thread that has ended. Null where the JVM does not tell
   */
  long @Nullable [] @Nullable [] stacks(Thread[] threads);

  /** The signature of a method's class, and the method's name; null once it is unloaded. */
  String @Nullable [] method(long id);

  /** Bytecode index and line, of each line of a method; null where not known. */
  int @Nullable [] lines(long id);
}
