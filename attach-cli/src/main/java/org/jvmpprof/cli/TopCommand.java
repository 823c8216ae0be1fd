package org.jvmpprof.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jvmpprof.proto.Profile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints where the CPU time went, for machines without Go. */
@Command(
    name = "top",
    description = {
      "Prints the functions with the most CPU time in profile files.",
      "For everything else there is `go tool pprof`, which reads the same files."
    })
final class TopCommand implements Callable<Integer> {
  @Option(
      names = {"-n", "--limit"},
      defaultValue = "20",
      description = "How many functions to print (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--cum", description = "Sort by cumulative time instead of flat time.")
  private boolean byCumulative;

  @Option(
      names = {"-p", "--profile"},
      paramLabel = "NAME",
      defaultValue = "cpu",
      description =
          "Which files of a directory: cpu, block, mutex, heap, goroutine or threadcreate; of the last"
              + " three the latest (default: ${DEFAULT-VALUE}).")
  private String kind = "cpu";

  @Option(
      names = "--tagignore",
      paramLabel = "KEY",
      defaultValue = "",
      description = "Leave out samples with this label, e.g. idle.")
  private String ignoredLabel = "";

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Profile files, or directories: all files of the profile there are summed.")
  private List<Path> paths = List.of();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailedException {
    List<Profile> profiles = ProfileReader.read(paths, kind);
    TopTable table = new TopTable(ignoredLabel);
    profiles.forEach(table::add);
    PrintWriter out = spec.commandLine().getOut();
    printHeader(profiles, table, out);
    printRows(table, Unit.of(profiles.get(0)), out);
    return 0;
  }

  private static void printHeader(List<Profile> profiles, TopTable table, PrintWriter out) {
    Profile first = profiles.get(0);
    if (first.getMappingCount() > 0) {
      out.println("File: " + first.getStringTable((int) first.getMapping(0).getFilename()));
    }
    long startNanos = profiles.stream().mapToLong(Profile::getTimeNanos).min().orElse(0);
    out.println("Time: " + Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(startNanos)));
    long durationNanos = profiles.stream().mapToLong(Profile::getDurationNanos).sum();
    Unit unit = Unit.of(first);
    String total = "Total samples = " + unit.print(table.total());
    if (durationNanos > 0 && unit == Unit.SECONDS) {
      double share = percent(table.total(), durationNanos);
      String duration = Unit.SECONDS.print(durationNanos);
      out.printf(Locale.ROOT, "Duration: %s, %s (%.1f%%)%n", duration, total, share);
    } else {
      out.println(total);
    }
  }

  private void printRows(TopTable table, Unit unit, PrintWriter out) {
    out.println("      flat  flat%   sum%        cum   cum%");
    long sum = 0;
    for (TopTable.Row row : table.rows(byCumulative).stream().limit(limit).toList()) {
      sum += row.flat();
      out.printf(
          Locale.ROOT,
          "%10s %5.1f%% %5.1f%% %10s %5.1f%%  %s%n",
          unit.print(row.flat()),
          percent(row.flat(), table.total()),
          percent(sum, table.total()),
          unit.print(row.cumulative()),
          percent(row.cumulative(), table.total()),
          row.function());
    }
  }

  private static double percent(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }
}
