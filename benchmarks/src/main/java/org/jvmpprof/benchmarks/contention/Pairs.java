package org.jvmpprof.benchmarks.contention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs this package's benchmarks without the agent and with it, on one JDK, in rounds of one JVM
 * for each, and prints a table of nanoseconds per operation. The first argument is the agent's jar,
 * the second the JDK's {@code java}, the third the number of rounds; what follows are JMH's own
 * options, each of which beats those set here.
 */
public final class Pairs {
  private static final String NONE = "no agent";
  private static final TimeValue ITERATION = TimeValue.milliseconds(400);
  private static final int ITERATIONS = 4;

  private final CommandLineOptions options;
  private final String java;

  /** By setup and benchmark: one figure for each round. */
  private final Map<String, Map<String, List<Double>>> scores = new LinkedHashMap<>();

  private Pairs(CommandLineOptions options, String java) {
    this.options = options;
    this.java = java;
  }

  /** Runs. */
  public static void main(String[] args)
      throws RunnerException, CommandLineOptionException, IOException {
    List<String> jmh = List.of(args).subList(3, args.length);
    Pairs pairs = new Pairs(new CommandLineOptions(jmh.toArray(new String[0])), args[1]);
    Map<String, List<String>> setups = setups(args[0]);
    List<String> order = new ArrayList<>(setups.keySet());
    order.forEach(setup -> pairs.scores.put(setup, new TreeMap<>()));
    for (int round = 0; round < Integer.parseInt(args[2]); round++) {
      for (String setup : order) {
        pairs.run(setup, setups.getOrDefault(setup, List.of()));
      }
      Collections.rotate(order, 1);
    }
    pairs.print();
  }

  private static Map<String, List<String>> setups(String agentJar) throws IOException {
    Path profiles = Files.createTempDirectory("contention-pairs");
    String agent = "-javaagent:" + agentJar + "=cpu=0,log=error,dir=" + profiles;
    Map<String, List<String>> setups = new LinkedHashMap<>();
    setups.put(NONE, List.of());
    setups.put("default options", List.of(agent));
    setups.put("block=1ns mutex=1", List.of(agent + ",block=1ns,mutex=1"));
    return setups;
  }

  private void run(String setup, List<String> jvmArgs) throws RunnerException {
    OptionsBuilder builder = new OptionsBuilder();
    builder
        .parent(options)
        .forks(options.getForkCount().orElse(1))
        .warmupIterations(options.getWarmupIterations().orElse(ITERATIONS))
        .warmupTime(options.getWarmupTime().orElse(ITERATION))
        .measurementIterations(options.getMeasurementIterations().orElse(ITERATIONS))
        .measurementTime(options.getMeasurementTime().orElse(ITERATION))
        .jvm(java)
        .jvmArgsAppend(jvmArgs.toArray(new String[0]))
        .verbosity(VerboseMode.SILENT);
    if (options.getIncludes().isEmpty()) {
      builder.include(Pairs.class.getPackageName().replace(".", "\\."));
    }
    for (RunResult result : new Runner(builder.build()).run()) {
      String name = result.getParams().getBenchmark();
      scores
          .getOrDefault(setup, Map.of())
          .computeIfAbsent(name.substring(name.lastIndexOf('.') + 1), key -> new ArrayList<>())
          .add(result.getPrimaryResult().getScore());
    }
  }

  private void print() {
    Map<String, List<Double>> base = scores.getOrDefault(NONE, Map.of());
    System.out.println("| benchmark | " + String.join(" | ", scores.keySet()) + " |");
    System.out.println("|---".repeat(scores.size() + 1) + "|");
    base.forEach(
        (name, none) -> {
          StringBuilder row = new StringBuilder("| `" + name + "` |");
          scores.forEach(
              (setup, all) ->
                  row.append(' ')
                      .append(cell(setup.equals(NONE), all.getOrDefault(name, List.of()), none))
                      .append(" |"));
          System.out.println(row);
        });
  }

  /** The median, and the least and the greatest ratio to what ran in the same round. */
  private static String cell(boolean isBase, List<Double> own, List<Double> none) {
    if (own.size() != none.size()) {
      return "–";
    }
    String nanos = String.format(Locale.ROOT, "%.1f ns", median(own));
    if (isBase) {
      return nanos;
    }
    List<Double> ratios =
        IntStream.range(0, own.size()).mapToObj(i -> own.get(i) / none.get(i)).sorted().toList();
    return String.format(
        Locale.ROOT,
        "%s (%+.1f, × %.2f … %.2f)",
        nanos,
        median(own) - median(none),
        ratios.get(0),
        ratios.get(ratios.size() - 1));
  }

  private static double median(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }
}
