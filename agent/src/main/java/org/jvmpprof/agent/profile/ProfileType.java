package org.jvmpprof.agent.profile;

import java.util.List;

/**
 * A kind of profile. The built-in ones have the names, sample types and periods of Go's
 * runtime/pprof, in its order.
 *
 * @param name as in file names and in the last part of an HTTP path
 * @param sampleTypes what each of a sample's values is
 * @param periodType what lies between two samples
 * @param defaultSampleType the type that viewers show first; empty for the last
 */
public record ProfileType(
    String name, List<ValueType> sampleTypes, ValueType periodType, String defaultSampleType) {

  private static final List<ValueType> CONTENTION =
      List.of(new ValueType("contentions", "count"), new ValueType("delay", "nanoseconds"));

  private static final List<ValueType> MEMORY =
      List.of(
          new ValueType("alloc_objects", "count"),
          new ValueType("alloc_space", "bytes"),
          new ValueType("inuse_objects", "count"),
          new ValueType("inuse_space", "bytes"));

  /** CPU time; HTTP serves it as {@code profile}. */
  public static final ProfileType CPU =
      new ProfileType(
          "cpu",
          List.of(new ValueType("samples", "count"), new ValueType("cpu", "nanoseconds")),
          new ValueType("cpu", "nanoseconds"),
          "");

  /** Waits, on the waiters' stacks. */
  public static final ProfileType BLOCK =
      new ProfileType("block", CONTENTION, CONTENTION.get(0), "");

  /** Waits for locks, on the stacks of those who held them. */
  public static final ProfileType MUTEX =
      new ProfileType("mutex", CONTENTION, CONTENTION.get(0), "");

  /** Memory in use. */
  public static final ProfileType HEAP =
      new ProfileType("heap", MEMORY, new ValueType("space", "bytes"), "");

  /** The same as {@link #HEAP}, seen as what was allocated. */
  public static final ProfileType ALLOCS =
      new ProfileType("allocs", MEMORY, new ValueType("space", "bytes"), "alloc_space");

  /** All threads. */
  public static final ProfileType GOROUTINE = counting("goroutine");

  /** Threads by who started them. */
  public static final ProfileType THREADCREATE = counting("threadcreate");

  /** All that is built in. */
  public static final List<ProfileType> BUILT_IN =
      List.of(CPU, BLOCK, MUTEX, HEAP, ALLOCS, GOROUTINE, THREADCREATE);

  /** A profile that counts things: the form of all that an application defines. */
  public static ProfileType counting(String name) {
    ValueType count = new ValueType(name, "count");
    return new ProfileType(name, List.of(count), count, "");
  }
}
