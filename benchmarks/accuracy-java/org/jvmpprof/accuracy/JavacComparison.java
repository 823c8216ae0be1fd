package org.jvmpprof.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** While javac compiles: the agent (A) and async-profiler on its own (B), in turns A B A B. */
final class JavacComparison {
  private static final int METHODS = 10;

  /** Methods with less are not compared one by one: what is left of them is noise. */
  private static final double LARGE = 0.01;

  private final Jdk jdk;
  private final List<Samples> agent = new ArrayList<>();
  private final List<Samples> async = new ArrayList<>();

  private JavacComparison(Jdk jdk) {
    this.jdk = jdk;
  }

  static void print(Setup setup) throws IOException, InterruptedException {
    for (Jdk jdk : setup.jdks()) {
      JavacComparison comparison = new JavacComparison(jdk);
      comparison.measure(setup);
      comparison.printTables();
    }
  }

  private void measure(Setup setup) throws IOException, InterruptedException {
    Path classes = Files.createTempDirectory(setup.work(), "classes-");
    List<String> program =
        List.of(
            JavacProgram.class.getName(),
            setup.sources().toString(),
            classes.toString(),
            String.valueOf(setup.seconds()));
    for (int round = 1; round <= 2; round++) {
      agent.add(Run.agent(setup, jdk, "javac-A" + round, "", program).samples());
      async.add(Run.asyncProfiler(setup, jdk, "javac-B" + round, program).samples());
    }
  }

  private void printTables() {
    Function<Samples, Samples> java = samples -> samples.only(Samples.Stack::hasJava);
    Markdown.title("javac on JDK " + jdk.version() + ": flat, by innermost Java method");
    printHottest(samples -> java.apply(samples).flatJava());
    Markdown.title("javac on JDK " + jdk.version() + ": flat, native leaves included");
    printHottest(samples -> java.apply(samples).flat());
    Markdown.title("javac on JDK " + jdk.version() + ": where the CPU time is");
    printKinds();
    Markdown.text(
        "Cumulative shares, of all Java methods with 1 % or more: largest difference between A and"
            + " B "
            + largest(samples -> java.apply(samples).cumulativeJava())
            + ".");
  }

  private void printHottest(Function<Samples, Map<String, Double>> table) {
    Markdown.head(
        List.of("method, share in %", "A1", "B1", "A2", "B2", "A − B", "A1 − A2", "B1 − B2"));
    List<Comparison> all = comparisons(table);
    List<Comparison> hottest =
        all.stream()
            .sorted(Comparator.comparing(Comparison::meanB).reversed())
            .limit(METHODS)
            .toList();
    hottest.forEach(row -> Markdown.row(row.cells()));
    Markdown.text(
        "Largest of the differences: A and B "
            + max(hottest, Comparison::difference)
            + ", A1 and A2 "
            + max(hottest, Comparison::noiseA)
            + ", B1 and B2 "
            + max(hottest, Comparison::noiseB)
            + " points.");
  }

  private String largest(Function<Samples, Map<String, Double>> table) {
    return comparisons(table).stream()
        .filter(row -> Math.max(row.meanA(), row.meanB()) >= LARGE)
        .max(Comparator.comparing(row -> Math.abs(row.difference())))
        .map(
            row ->
                Markdown.percent(row.difference())
                    + " points ("
                    + Markdown.code(row.name)
                    + ": A "
                    + Markdown.percent(row.meanA())
                    + ", B "
                    + Markdown.percent(row.meanB())
                    + ")")
        .orElse("none");
  }

  private static String max(List<Comparison> rows, ToDoubleFunction<Comparison> difference) {
    return Markdown.percent(rows.stream().mapToDouble(difference).map(Math::abs).max().orElse(0));
  }

  private List<Comparison> comparisons(Function<Samples, Map<String, Double>> table) {
    List<Map<String, Double>> a = agent.stream().map(table).toList();
    List<Map<String, Double>> b = async.stream().map(table).toList();
    Set<String> names = new HashSet<>();
    Stream.concat(a.stream(), b.stream()).forEach(shares -> names.addAll(shares.keySet()));
    return names.stream().map(name -> Comparison.of(name, a, b)).toList();
  }

  private void printKinds() {
    Markdown.head(List.of("% of the CPU time", "A1", "B1", "A2", "B2"));
    printKind("in Java frames", stack -> stack.hasJava() && stack.frames().get(0).java());
    printKind("called from Java", stack -> stack.hasJava() && !stack.frames().get(0).java());
    printKind("on the JVM's own threads", stack -> !stack.hasJava() && stack.jvmThread());
    printKind("no Java frame found", stack -> !stack.hasJava() && !stack.jvmThread());
  }

  private void printKind(String kind, Predicate<Samples.Stack> which) {
    List<String> cells = new ArrayList<>(List.of(kind));
    for (int i = 0; i < agent.size(); i++) {
      cells.add(Markdown.percent(agent.get(i).share(which)));
      cells.add(Markdown.percent(async.get(i).share(which)));
    }
    Markdown.row(cells);
  }

  /** The shares of one method in two runs of each. */
  private record Comparison(String name, double a1, double b1, double a2, double b2) {
    static Comparison of(String name, List<Map<String, Double>> a, List<Map<String, Double>> b) {
      return new Comparison(
          name,
          a.get(0).getOrDefault(name, 0.0),
          b.get(0).getOrDefault(name, 0.0),
          a.get(1).getOrDefault(name, 0.0),
          b.get(1).getOrDefault(name, 0.0));
    }

    double meanA() {
      return (a1 + a2) / 2;
    }

    double meanB() {
      return (b1 + b2) / 2;
    }

    double difference() {
      return meanA() - meanB();
    }

    double noiseA() {
      return a1 - a2;
    }

    double noiseB() {
      return b1 - b2;
    }

    List<String> cells() {
      List<String> cells = new ArrayList<>(List.of(Markdown.code(name)));
      Stream.of(a1, b1, a2, b2, difference(), noiseA(), noiseB())
          .map(Markdown::percent)
          .forEach(cells::add);
      return cells;
    }
  }
}
