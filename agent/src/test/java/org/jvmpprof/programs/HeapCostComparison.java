package org.jvmpprof.programs;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what tools that profile allocations cost {@link HeapCostProgram}, on each JDK whose home
 * is an argument. One JVM for each tool; when all have warmed up they take turns of half a second,
 * in an order that changes, so that whatever else the machine does hits all of them. System
 * properties: {@code agent}, {@code async}, {@code collector}, {@code work}, {@code rounds}, {@code
 * depth}, {@code pace}.
 */
public final class HeapCostComparison {
  private static final int MEGABYTES = 500;
  private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms");

  private HeapCostComparison() {}

  /** What one tool had in one round; the ratios to what was without a tool are of interest. */
  private record Round(double nanos, double ownNanos, double allNanos, double pauseMillis) {}

  public static void main(String[] homes) throws IOException {
    int rounds = Integer.getInteger("rounds", 40);
    System.out.println(
        "| JDK | tool | MB/s | time | CPU time of the thread | CPU time of all | GC pause |\n"
            + "| --- | --- | --- | --- | --- | --- | --- |");
    for (String home : homes) {
      List<Tool> tools = start(Path.of(home));
      for (Tool tool : tools) {
        tool.awaitReady();
      }
      for (int round = 0; round < rounds; round++) {
        List<Tool> order = new ArrayList<>(tools);
        Collections.rotate(order, round / 2);
        if (round % 2 == 1) {
          Collections.reverse(order);
        }
        for (Tool tool : order) {
          tool.round();
        }
      }
      for (Tool tool : tools) {
        tool.end();
        print(Path.of(home).getFileName().toString(), tool, tools.get(0));
      }
    }
  }

  private static List<Tool> start(Path home) throws IOException {
    Path work = Path.of(System.getProperty("work"));
    return List.of(
        new Tool("none", home, work),
        new Tool(
            "jvm-pprof",
            home,
            work,
            "-javaagent:"
                + System.getProperty("agent")
                + "=cpu=0,block=0,mutex=0,dir="
                + work.resolve("pprof")),
        new Tool(
            "async-profiler",
            home,
            work,
            "-agentpath:"
                + System.getProperty("async")
                + "=start,event=alloc,alloc=512k,live,file="
                + work.resolve("async.txt")),
        new Tool("JFR", home, work, "-XX:StartFlightRecording=settings=profile", "-Xlog:jfr*=off"));
  }

  private static void print(String jdk, Tool tool, Tool none) {
    double nanos = median(tool.rounds.stream().map(Round::nanos).toList());
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.0f | %s | %s | %s | %s |%n",
        jdk,
        tool.name,
        MEGABYTES * 1e9 / nanos,
        ratio(tool, none, Round::nanos),
        ratio(tool, none, Round::ownNanos),
        ratio(tool, none, Round::allNanos),
        ratio(tool, none, Round::pauseMillis));
  }

  /** The median of the ratios within each round, and the quartiles. */
  private static String ratio(Tool tool, Tool none, ToDoubleFunction<Round> value) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < tool.rounds.size(); i++) {
      double without = value.applyAsDouble(none.rounds.get(i));
      if (without > 0) {
        ratios.add(value.applyAsDouble(tool.rounds.get(i)) / without);
      }
    }
    return String.format(
        Locale.ROOT,
        "%.3f [%.3f, %.3f]",
        median(ratios),
        quantile(ratios, 0.25),
        quantile(ratios, 0.75));
  }

  private static double median(List<Double> values) {
    return quantile(values, 0.5);
  }

  private static double quantile(List<Double> values, double part) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get((int) (part * (sorted.size() - 1)));
  }

  /** A JVM that allocates under a tool. */
  private static final class Tool {
    final String name;
    final List<Round> rounds = new ArrayList<>();
    private final Path gcLog;
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;
    private int gcLines;

    Tool(String name, Path home, Path work, String... options) throws IOException {
      this.name = name;
      gcLog = work.resolve(name + ".gc");
      List<String> command = new ArrayList<>();
      command.add(home.resolve("bin/java").toString());
      command.addAll(
          List.of(System.getProperty("collector"), "-Xms256m", "-Xmx256m", "-Xlog:gc:" + gcLog));
      command.addAll(List.of(options));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(HeapCostProgram.class.getName(), String.valueOf(MEGABYTES)));
      command.add(System.getProperty("depth", "20"));
      command.add(System.getProperty("pace", "1000"));
      process =
          new ProcessBuilder(command).redirectError(work.resolve(name + ".err").toFile()).start();
      out = process.inputReader(StandardCharsets.UTF_8);
      in = process.outputWriter(StandardCharsets.UTF_8);
    }

    void awaitReady() throws IOException {
      String line = line();
      while (!line.equals("READY")) {
        line = line();
      }
      pauseMillis();
    }

    void round() throws IOException {
      in.write('\n');
      in.flush();
      String[] values = line().split(" ", -1);
      rounds.add(
          new Round(
              Double.parseDouble(values[0]),
              Double.parseDouble(values[1]),
              Double.parseDouble(values[2]),
              pauseMillis()));
    }

    void end() throws IOException {
      in.close();
      process.onExit().join();
    }

    private String line() throws IOException {
      String line = out.readLine();
      if (line == null) {
        throw new IOException(name + " has ended; see its .err file in " + gcLog.getParent());
      }
      return line;
    }

    /** The mean of the pauses since the last call. */
    private double pauseMillis() throws IOException {
      List<String> lines = Files.readAllLines(gcLog);
      double sum = 0;
      int count = 0;
      for (String line : lines.subList(gcLines, lines.size())) {
        Matcher pause = PAUSE.matcher(line);
        if (pause.find()) {
          sum += Double.parseDouble(pause.group(1));
          count++;
        }
      }
      gcLines = lines.size();
      return count == 0 ? 0 : sum / count;
    }
  }
}
