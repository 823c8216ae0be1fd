package org.jvmpprof.agent.heap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What samples of one site have in common, as the JVM gives it: size, mean, frames and class. */
final class SampleWords {
  private final long[] words;
  private final int hash;

  private SampleWords(long[] words) {
    this.words = words;
    this.hash = Arrays.hashCode(words);
  }

  /** Copies it from a sample of that many words. */
  static SampleWords of(long[] sample, int length) {
    long[] words = Arrays.copyOf(sample, length);
    words[AllocationSampler.THREAD] = 0;
    words[AllocationSampler.REFERENCE] = 0;
    return new SampleWords(words);
  }

  long sizeBytes() {
    return words[AllocationSampler.SIZE];
  }

  long meanBytes() {
    return words[AllocationSampler.MEAN];
  }

  int depth() {
    return (int) words[AllocationSampler.DEPTH];
  }

  /** The id of a frame's method; the leaf is frame 0. */
  long method(int frame) {
    return words[AllocationSampler.FRAMES + 2 * frame];
  }

  /** The bytecode index within a frame's method. */
  long location(int frame) {
    return words[AllocationSampler.FRAMES + 2 * frame + 1];
  }

  /** The signature of the object's class; empty where not asked for. */
  String signature() {
    int from = AllocationSampler.FRAMES + 2 * depth();
    ByteBuffer bytes =
        ByteBuffer.allocate((words.length - from) * Long.BYTES).order(ByteOrder.nativeOrder());
    bytes.asLongBuffer().put(words, from, words.length - from);
    int length = bytes.capacity();
    while (length > 0 && bytes.get(length - 1) == 0) {
      length--;
    }
    return new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SampleWords sample
        && hash == sample.hash
        && Arrays.equals(words, sample.words);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
