package org.jvmpprof.accuracy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * CPU time per stack, whichever profiler took it.
 *
 * @param nanos CPU time of each stack
 */
record Samples(Map<Stack, Long> nanos) {

  /** A frame; native, kernel and JVM frames are not Java. */
  record Frame(String method, boolean java) {}

  /**
   * A stack, leaf first.
   *
   * @param jvmThread whether a thread of the JVM's own had it: a compiler, the collector
   */
  record Stack(List<Frame> frames, boolean jvmThread) {
    boolean has(Predicate<String> method) {
      return frames.stream().map(Frame::method).anyMatch(method);
    }

    boolean hasJava() {
      return frames.stream().anyMatch(Frame::java);
    }

    Optional<String> leaf() {
      return frames.stream().map(Frame::method).findFirst();
    }

    Optional<String> javaLeaf() {
      return frames.stream().filter(Frame::java).map(Frame::method).findFirst();
    }

    Set<String> javaMethods() {
      return frames.stream().filter(Frame::java).map(Frame::method).collect(Collectors.toSet());
    }
  }

  Samples only(Predicate<Stack> which) {
    Map<Stack, Long> some = new HashMap<>(nanos);
    some.keySet().removeIf(which.negate());
    return new Samples(some);
  }

  Samples under(String method) {
    return only(stack -> stack.has(method::equals));
  }

  long totalNanos() {
    return nanos.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What part of the CPU time these stacks have. */
  double share(Predicate<Stack> which) {
    return nanos.isEmpty() ? 0 : (double) only(which).totalNanos() / totalNanos();
  }

  /** The share of each leaf. */
  Map<String, Double> flat() {
    return shares(stack -> stack.leaf().stream());
  }

  /** The share of each Java method in the time that it and what it calls outside of Java took. */
  Map<String, Double> flatJava() {
    return shares(stack -> stack.javaLeaf().stream());
  }

  /** The share of each Java method in the time that it and all that it calls took. */
  Map<String, Double> cumulativeJava() {
    return shares(stack -> stack.javaMethods().stream());
  }

  private Map<String, Double> shares(Function<Stack, Stream<String>> methods) {
    double total = totalNanos();
    Map<String, Double> shares = new HashMap<>();
    nanos.forEach(
        (stack, weight) ->
            methods
                .apply(stack)
                .forEach(method -> shares.merge(method, weight / total, Double::sum)));
    return shares;
  }
}
