package org.jvmpprof.benchmarks.contention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs this package's benchmarks without the agent and with it, on one JDK, and prints a table of
 * nanoseconds per operation and ratios. The first argument is the agent's jar, the second the JDK's
 * {@code java}; what follows are JMH's own options.
 */
public final class Pairs {
  private static final String NONE = "no agent";

  private Pairs() {}

  /** Runs. */
  public static void main(String[] args)
      throws RunnerException, CommandLineOptionException, IOException {
    List<String> jmh = List.of(args).subList(2, args.length);
    CommandLineOptions options = new CommandLineOptions(jmh.toArray(new String[0]));
    Map<String, Map<String, Result<?>>> bySetup = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> setup : setups(args[0]).entrySet()) {
      bySetup.put(setup.getKey(), run(options, args[1], setup.getValue()));
    }
    print(bySetup);
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

  private static Map<String, Result<?>> run(
      CommandLineOptions options, String java, List<String> jvmArgs) throws RunnerException {
    OptionsBuilder builder = new OptionsBuilder();
    builder.parent(options).jvm(java).jvmArgsAppend(jvmArgs.toArray(new String[0]));
    builder.verbosity(VerboseMode.SILENT);
    if (options.getIncludes().isEmpty()) {
      builder.include(Pairs.class.getPackageName().replace(".", "\\."));
    }
    Collection<RunResult> results = new Runner(builder.build()).run();
    Map<String, Result<?>> scores = new TreeMap<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      scores.put(name.substring(name.lastIndexOf('.') + 1), result.getPrimaryResult());
    }
    return scores;
  }

  private static void print(Map<String, Map<String, Result<?>>> bySetup) {
    Map<String, Result<?>> base = bySetup.getOrDefault(NONE, Map.of());
    System.out.println("| benchmark | " + String.join(" | ", bySetup.keySet()) + " |");
    System.out.println("|---".repeat(bySetup.size() + 1) + "|");
    base.forEach(
        (name, none) -> {
          StringBuilder row = new StringBuilder("| `" + name + "` |");
          bySetup.values().forEach(scores -> row.append(cell(scores.get(name), none)).append(" |"));
          System.out.println(row);
        });
  }

  private static String cell(@Nullable Result<?> score, Result<?> none) {
    if (score == null) {
      return " –";
    }
    return String.format(
        Locale.ROOT,
        " %.1f ± %.1f ns (× %.2f)",
        score.getScore(),
        score.getScoreError(),
        score.getScore() / none.getScore());
  }
}
