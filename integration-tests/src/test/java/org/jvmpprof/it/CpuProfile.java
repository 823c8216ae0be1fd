package org.jvmpprof.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jvmpprof.proto.Function;
import org.jvmpprof.proto.Label;
import org.jvmpprof.proto.Line;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

/**
 * What some files say together: CPU time per stack.
 *
 * @param nanos CPU time of each stack
 * @param files where it comes from
 */
record CpuProfile(Map<Stack, Long> nanos, List<ProfileFile> files) {

  /** A frame; line 0 is an unknown line. */
  record Frame(String function, String file, long line) {}

  /** Frames leaf first, and string labels. */
  record Stack(List<Frame> frames, Map<String, String> labels) {
    boolean has(Predicate<String> function) {
      return frames.stream().map(Frame::function).anyMatch(function);
    }

    boolean endsIn(Predicate<String> function) {
      return !frames.isEmpty() && function.test(frames.get(0).function());
    }
  }

  /** All CPU profiles in a directory. */
  static CpuProfile in(Path directory) {
    try {
      return of(ProfileFile.in(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Some files, merged. */
  static CpuProfile of(List<ProfileFile> files) {
    Map<Stack, Long> nanos = new LinkedHashMap<>();
    files.forEach(file -> new Reader(file.profile()).addTo(nanos));
    return new CpuProfile(nanos, files);
  }

  /** Only the stacks in which some function's name matches. */
  CpuProfile under(String functionRegex) {
    Predicate<String> function = named(functionRegex);
    Map<Stack, Long> some = new LinkedHashMap<>(nanos);
    some.keySet().removeIf(stack -> !stack.has(function));
    return new CpuProfile(some, files);
  }

  long totalNanos() {
    return sum(stack -> true);
  }

  /** CPU time in the matching functions themselves. */
  long flatNanos(String functionRegex) {
    Predicate<String> function = named(functionRegex);
    return sum(stack -> stack.endsIn(function));
  }

  /** CPU time in the matching functions and all that they called. */
  long cumulativeNanos(String functionRegex) {
    Predicate<String> function = named(functionRegex);
    return sum(stack -> stack.has(function));
  }

  /** CPU time of the samples that have these labels, among others. */
  long labelledNanos(Map<String, String> labels) {
    return sum(stack -> stack.labels().entrySet().containsAll(labels.entrySet()));
  }

  private long sum(Predicate<Stack> which) {
    return nanos.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The stack of one sample of a profile. */
  static Stack stack(Profile profile, Sample sample) {
    return new Reader(profile).stack(sample);
  }

  /** Whole names match. */
  static Predicate<String> named(String functionRegex) {
    return Pattern.compile(functionRegex).asMatchPredicate();
  }

  /** Resolves the ids of one profile, which run from 1 as {@link ProfileRules} demands. */
  private record Reader(Profile profile) {

    void addTo(Map<Stack, Long> nanos) {
      for (Sample sample : profile.getSampleList()) {
        nanos.merge(stack(sample), sample.getValue(1), Long::sum);
      }
    }

    private Stack stack(Sample sample) {
      List<Frame> frames =
          sample.getLocationIdList().stream()
              .flatMap(id -> profile.getLocation((int) (id - 1)).getLineList().stream())
              .map(this::frame)
              .toList();
      Map<String, String> labels = new HashMap<>();
      for (Label label : sample.getLabelList()) {
        labels.put(string(label.getKey()), string(label.getStr()));
      }
      return new Stack(frames, labels);
    }

    private Frame frame(Line line) {
      Function function = profile.getFunction((int) (line.getFunctionId() - 1));
      return new Frame(string(function.getName()), string(function.getFilename()), line.getLine());
    }

    private String string(long index) {
      return profile.getStringTable((int) index);
    }
  }
}
