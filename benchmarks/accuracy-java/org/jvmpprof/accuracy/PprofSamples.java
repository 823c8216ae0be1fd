package org.jvmpprof.accuracy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jvmpprof.accuracy.Samples.Frame;
import org.jvmpprof.proto.Function;
import org.jvmpprof.proto.Profile;
import org.jvmpprof.proto.Sample;

/** The CPU profiles that the agent has written. Ids run from 1. */
record PprofSamples(Profile profile) {

  /** All CPU profiles in a directory, merged. */
  static Samples in(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.filter(f -> f.getFileName().toString().startsWith("cpu-")).toList();
    }
    Map<Samples.Stack, Long> nanos = new HashMap<>();
    for (Path file : files) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        new PprofSamples(Profile.parseFrom(in)).addTo(nanos);
      }
    }
    return new Samples(nanos);
  }

  private void addTo(Map<Samples.Stack, Long> nanos) {
    for (Sample sample : profile.getSampleList()) {
      nanos.merge(stack(sample), sample.getValue(1), Long::sum);
    }
  }

  private Samples.Stack stack(Sample sample) {
    List<Frame> frames =
        sample.getLocationIdList().stream()
            .flatMap(id -> profile.getLocation((int) (id - 1)).getLineList().stream())
            .map(line -> frame(profile.getFunction((int) (line.getFunctionId() - 1))))
            .toList();
    String root = frames.get(frames.size() - 1).method();
    return new Samples.Stack(frames, root.startsWith("[jvm] ") && !root.equals("[jvm] unknown"));
  }

  /** Only Java functions have a file. */
  private Frame frame(Function function) {
    String name = profile.getStringTable((int) function.getName());
    return new Frame(MethodName.normal(name), function.getFilename() != 0);
  }
}
