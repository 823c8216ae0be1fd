package org.jvmpprof.agent.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Sample;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.proto.Profile;

/** A directory with a writer of ten-second CPU profiles, and a look at what it wrote. */
final class StoreTestDirectory {
  static final Duration ROTATE = Duration.ofSeconds(10);
  static final Duration GRACE = Duration.ofSeconds(2);
  static final Duration KEEP = Duration.ofMinutes(1);

  final Path path;
  final FakeTicker ticker = new FakeTicker();
  private final StackTable stacks = new StackTable(1000, 1000);
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  final AgentLog log =
      new AgentLog(new PrintStream(logged, true, StandardCharsets.UTF_8), AgentLog.Level.INFO);

  StoreTestDirectory(Path path) {
    this.path = path;
  }

  ProfileDirectory directory(long maxSizeBytes) {
    return new ProfileDirectory(path, 4711, KEEP, maxSizeBytes);
  }

  SegmentWriter writer(long maxSizeBytes) {
    SegmentWriter.Format format =
        new SegmentWriter.Format(
            ProfileType.CPU, 10_000_000, "Main", ROTATE, GRACE, () -> List.of("#test"));
    return new SegmentWriter(directory(maxSizeBytes), format, ticker, log);
  }

  /** Some samples of ten nanoseconds each, now. */
  Sample sample(String function, long count) {
    Stack stack = stacks.intern(List.of(new Frame(Function.named(function), 1)));
    return new Sample(ticker.epochNanos(), stack, Labels.NONE, count, 10 * count);
  }

  List<Path> files() {
    try (Stream<Path> files = Files.list(path)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> logLines() {
    return logged.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** The samples in a file, summed. */
  static long samples(Path file) {
    return parse(file).getSampleList().stream().mapToLong(sample -> sample.getValue(0)).sum();
  }

  static Profile parse(Path file) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return Profile.parseFrom(in);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
