package org.jvmpprof.agent.profile;

import java.util.List;

/**
 * A kind of profile. The built-in ones have the sample types of Go's runtime/pprof, in its order.
 *
 * @param name as in file names
 * @param sampleTypes what each of a sample's values is
 * @param periodType what lies between two samples
 * @param timed whether its profiles state a duration, which scrapers take for "not cumulative"
 */
public record ProfileType(
    String name, List<ValueType> sampleTypes, ValueType periodType, boolean timed) {

  /** CPU time; HTTP serves it as {@code profile}. */
  public static final ProfileType CPU =
      new ProfileType(
          "cpu",
          List.of(new ValueType("samples", "count"), new ValueType("cpu", "nanoseconds")),
          new ValueType("cpu", "nanoseconds"),
          true);

  /** All that this agent writes. */
  public static final List<ProfileType> BUILT_IN = List.of(CPU);
}
