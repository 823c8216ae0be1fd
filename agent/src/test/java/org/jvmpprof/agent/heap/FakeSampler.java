package org.jvmpprof.agent.heap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Samples what a test says. The method with the id n is {@code site.Class.method<n>}. */
class FakeSampler implements AllocationSampler {
  /** A method of this class id and below belongs to the JDK's reflection. */
  static final long REFLECTION = 1;

  /** A method that is unloaded. */
  static final long UNLOADED = 2;

  /** A method of this id is that of a constructor called by reflection. */
  static final long CONSTRUCTOR = 3;

  /** The names of a method of this id cannot be read. */
  static final long BROKEN = 4;

  final Deque<long[]> samples = new ArrayDeque<>();
  final Set<Long> live = new HashSet<>();
  int meanBytes;
  int error;
  boolean gathering;
  long droppedObjects;
  long droppedBytes;
  private long lastReference;

  /** An object is allocated and sampled; returns its reference. */
  long allocate(long threadId, long sizeBytes, String signature, long... methods) {
    ByteBuffer bytes = ByteBuffer.allocate(signature.length() + 8).order(ByteOrder.nativeOrder());
    bytes.put(signature.getBytes(StandardCharsets.UTF_8));
    int signatureWords = (signature.length() + 7) / 8;
    long[] words = new long[FRAMES + 2 * methods.length + signatureWords];
    words[THREAD] = threadId;
    words[REFERENCE] = ++lastReference;
    words[SIZE] = sizeBytes;
    words[MEAN] = meanBytes;
    words[DEPTH] = methods.length;
    for (int i = 0; i < methods.length; i++) {
      words[FRAMES + 2 * i] = methods[i];
      words[FRAMES + 2 * i + 1] = 5;
    }
    for (int i = 0; i < signatureWords; i++) {
      words[FRAMES + 2 * methods.length + i] = bytes.getLong(8 * i);
    }
    samples.add(words);
    live.add(lastReference);
    return lastReference;
  }

  @Override
  public int start(int mean, boolean classes) {
    meanBytes = error == 0 ? mean : 0;
    return error;
  }

  @Override
  public int setMean(int mean) {
    meanBytes = mean;
    return error;
  }

  @Override
  public int stop() {
    meanBytes = 0;
    return 0;
  }

  @Override
  public void gather(boolean begin) {
    gathering = begin;
  }

  @Override
  public int next(long[] words) {
    long[] sample = samples.poll();
    if (sample == null) {
      return 0;
    }
    System.arraycopy(sample, 0, words, 0, sample.length);
    return sample.length;
  }

  @Override
  public void takeDropped(long[] objectsAndBytes) {
    objectsAndBytes[0] = droppedObjects;
    objectsAndBytes[1] = droppedBytes;
    droppedObjects = 0;
    droppedBytes = 0;
  }

  @Override
  public void sweep(long[] references, int count, boolean all) {
    for (int i = 0; i < count; i++) {
      if (all || !live.contains(references[i])) {
        live.remove(references[i]);
        references[i] = 0;
      }
    }
  }

  @Override
  public Thread @Nullable [] threads() {
    return null;
  }

  @Override
  public void clocks(Thread[] threads, long[] clocks) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long @Nullable [] @Nullable [] stacks(Thread[] threads) {
    return null;
  }

  @Override
  public String @Nullable [] method(long id) {
    if (id == UNLOADED) {
      return null;
    }
    if (id == BROKEN) {
      throw new IllegalStateException();
    }
    if (id == CONSTRUCTOR) {
      return new String[] {"Ljava/lang/reflect/Constructor;", "newInstance"};
    }
    return id == REFLECTION
        ? new String[] {"Ljdk/internal/reflect/Constructors;", "newInstance"}
        : new String[] {"Lsite/Class;", "method" + id};
  }

  @Override
  public int @Nullable [] lines(long id) {
    return id == REFLECTION ? null : new int[] {6, 60, 0, 40, 3, 50};
  }
}
