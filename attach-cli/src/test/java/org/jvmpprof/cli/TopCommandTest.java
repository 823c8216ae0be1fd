package org.jvmpprof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvmpprof.proto.Function;
import org.jvmpprof.proto.Label;
import org.jvmpprof.proto.Line;
import org.jvmpprof.proto.Location;
import org.jvmpprof.proto.Mapping;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;
import org.jvmpprof.proto.ValueType;
import picocli.CommandLine;

class TopCommandTest {
  private static final long SECOND_NANOS = 1_000_000_000;

  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void top_twoFilesOfADirectory_areSummed() throws IOException {
    write("cpu-1.pb.gz", gzip(profile()));
    write("cpu-2.pb.gz", gzip(profile()));
    write("block-1.pb.gz", gzip(profile()));
    assertThat(top(dir.toString())).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "File: com.acme.Main",
            "Time: 1970-01-01T00:00:01Z",
            "Duration: 20.00s, Total samples = 8.00s (40.0%)",
            "      flat  flat%   sum%        cum   cum%",
            "     6.00s  75.0%  75.0%      8.00s 100.0%  main",
            "     2.00s  25.0% 100.0%      2.00s  25.0%  leaf");
  }

  @Test
  void top_blockOfADirectory_leavesOutWhatIsIgnored() throws IOException {
    write("cpu-1.pb.gz", gzip(profile()));
    Sample idle = profile().getSample(1).toBuilder().addLabel(Label.newBuilder().setKey(4)).build();
    Profile block = profile().toBuilder().addStringTable("idle").addSample(idle).build();
    write("block-1.pb.gz", gzip(block));
    assertThat(top("-p", "block", "--tagignore", "idle", dir.toString())).isZero();
    assertThat(out.toString()).contains("Total samples = 4.00s");
    assertThat(top("-p", "block", dir.toString())).isZero();
    assertThat(out.toString()).contains("Total samples = 7.00s");
  }

  @Test
  void top_heapOfADirectory_isTheLatestInMegabytes() throws IOException {
    Profile heap =
        profile().toBuilder()
            .addStringTable("inuse_space")
            .addStringTable("bytes")
            .addSampleType(ValueType.newBuilder().setType(4).setUnit(5))
            .clearDurationNanos()
            .build();
    write("heap-1.pb.gz", gzip(heap));
    write("heap-2.pb.gz", gzip(heap));
    assertThat(top("-p", "heap", dir.toString())).isZero();
    assertThat(out.toString()).contains("Total samples = 3814.70MB\n").contains(" 2861.02MB ");
  }

  @Test
  void top_byCumulativeWithLimit_printsTheFirst() throws IOException {
    Path file = write("any.pb.gz", gzip(profile()));
    assertThat(top("--cum", "-n", "1", file.toString())).isZero();
    assertThat(out.toString()).contains("100.0%  main").doesNotContain("leaf");
  }

  @Test
  void top_recursiveFunction_countsOnce() throws IOException {
    Profile recursive =
        profile().toBuilder()
            .clearSample()
            .addSample(Sample.newBuilder().addAllLocationId(List.of(2L, 2L)).addValue(SECOND_NANOS))
            .build();
    top(write("r.pb.gz", gzip(recursive)).toString());
    assertThat(out.toString()).contains("     1.00s 100.0% 100.0%      1.00s 100.0%  main");
  }

  @Test
  void top_fragmentsInSeveralMembers_areOneProfile() throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(gzip(profile()));
    Sample more = profile().getSample(1);
    both.writeBytes(gzip(Profile.newBuilder().addSample(more).build()));
    top(write("cpu.pb.gz", both.toByteArray()).toString());
    assertThat(out.toString()).contains("Total samples = 7.00s");
  }

  @Test
  void top_notAProfile_isOneLineAndExitCode1() throws IOException {
    for (byte[] content : List.of(new byte[] {1, 2}, new byte[0], gzipBytes(new byte[] {-1, -1}))) {
      Path file = write("bad.pb.gz", content);
      assertThat(top(file.toString())).isEqualTo(1);
      assertThat(err.toString().lines())
          .singleElement()
          .asString()
          .startsWith("jvm-pprof: " + file + ": not a pprof profile");
      err.getBuffer().setLength(0);
    }
  }

  @Test
  void top_nothingThere_isOneLineAndExitCode1() {
    assertThat(top(dir.resolve("none").toString())).isEqualTo(1);
    assertThat(top(dir.toString())).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "jvm-pprof: " + dir.resolve("none") + ": cannot be read: no such file",
            "jvm-pprof: " + dir + ": no cpu-*.pb.gz in it");
  }

  @Test
  void top_noFile_isAUsageError() {
    assertThat(top()).isEqualTo(2);
  }

  private int top(String... args) {
    CommandLine command = Main.commandLine(new TopCommand());
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = new String[args.length + 1];
    all[0] = "top";
    System.arraycopy(args, 0, all, 1, args.length);
    return command.execute(all);
  }

  /** One second in leaf under main, three in main itself, over ten seconds. */
  private static Profile profile() {
    return Profile.newBuilder()
        .addAllStringTable(List.of("", "main", "leaf", "com.acme.Main"))
        .addMapping(Mapping.newBuilder().setId(1).setFilename(3))
        .addFunction(Function.newBuilder().setId(1).setName(2))
        .addFunction(Function.newBuilder().setId(2).setName(1))
        .addLocation(location(1))
        .addLocation(location(2))
        .addSample(Sample.newBuilder().addLocationId(1).addLocationId(2).addValue(SECOND_NANOS))
        .addSample(Sample.newBuilder().addLocationId(2).addValue(3 * SECOND_NANOS))
        .setTimeNanos(SECOND_NANOS)
        .setDurationNanos(10 * SECOND_NANOS)
        .build();
  }

  private static Location location(long id) {
    return Location.newBuilder()
        .setId(id)
        .addLine(Line.newBuilder().setFunctionId(id).setLine(7))
        .build();
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(dir.resolve(name), content);
  }

  private static byte[] gzip(Profile profile) throws IOException {
    return gzipBytes(profile.toByteArray());
  }

  private static byte[] gzipBytes(byte[] bytes) throws IOException {
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(member)) {
      out.write(bytes);
    }
    return member.toByteArray();
  }
}
