package org.jvmpprof.benchmarks.overhead;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The median of some numbers, with the first and the third quartile. */
record Spread(double low, double median, double high) {

  static Spread of(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    return new Spread(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  /** Of a tool's figures, each against the one without a tool in the same round. */
  static Spread against(Metric.Against how, List<Double> none, List<Double> tool) {
    return of(
        IntStream.range(0, tool.size())
            .mapToObj(round -> compare(how, none.get(round), tool.get(round)))
            .toList());
  }

  private static double compare(Metric.Against how, double none, double tool) {
    return switch (how) {
      case RATIO -> tool / none;
      case DIFFERENCE -> tool - none;
      case NOTHING -> tool;
    };
  }

  private static double at(List<Double> sorted, double quantile) {
    double place = quantile * (sorted.size() - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
  }

  /**
   * As text: the median, and the quartiles where they differ from it.
   *
   * @param format of each number, e.g. {@code %.2f}
   */
  String text(String format) {
    String one = String.format(Locale.ROOT, format, median);
    return low == high
        ? one
        : one + String.format(Locale.ROOT, " (" + format + " … " + format + ")", low, high);
  }
}
