package org.jvmpprof.benchmarks.overhead;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All figures of one run of the comparison, in the order in which they came. */
final class Results {
  private final List<Figures> all = new ArrayList<>();

  /** What ran: one program under one tool on one JDK. */
  record Subject(Jdk jdk, Program program, Tool tool) {}

  /**
   * What one run of a subject came to.
   *
   * @param round from 0; what is of one round ran side by side
   * @param values in each metric's unit
   */
  record Figures(Subject subject, int round, Map<Metric, Double> values) {}

  void add(Figures figures) {
    all.add(figures);
  }

  Stream<Figures> all() {
    return all.stream();
  }

  /** A subject's values of one metric, by round; empty if its program has no such metric. */
  List<Double> of(Subject subject, Metric metric) {
    return all.stream()
        .filter(figures -> figures.subject.equals(subject))
        .flatMap(figures -> Stream.ofNullable(figures.values.get(metric)))
        .toList();
  }
}
