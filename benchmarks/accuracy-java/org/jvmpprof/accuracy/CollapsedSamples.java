package org.jvmpprof.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jvmpprof.accuracy.Samples.Frame;

/**
 * What async-profiler writes with {@code collapsed,ann,threads}: a stack per line, root first,
 * frames joined by semicolons, behind a space how many samples it has. The first frame is the
 * thread, the ending of the others says of which type they are. All that the programs do themselves
 * they do on the main thread.
 */
final class CollapsedSamples {
  private static final long PERIOD_NANOS = 10_000_000;

  /** Compiled, inlined, interpreted, and compiled by C1; {@code _[k]} is the kernel. */
  private static final Pattern JAVA = Pattern.compile("_\\[[ji01]]$");

  private static final Pattern TYPE = Pattern.compile("_\\[.]$");

  /** The second is its name when the stacks are written. */
  private static final Pattern MAIN_THREAD = Pattern.compile("^\\[(main|DestroyJavaVM) ");

  private CollapsedSamples() {}

  static Samples in(Path file) throws IOException {
    Map<Samples.Stack, Long> nanos = new HashMap<>();
    try (Stream<String> lines = Files.lines(file)) {
      lines.forEach(
          line -> {
            int end = line.lastIndexOf(' ');
            long samples = Long.parseLong(line.substring(end + 1));
            nanos.merge(stack(line.substring(0, end)), samples * PERIOD_NANOS, Long::sum);
          });
    }
    return new Samples(nanos);
  }

  private static Samples.Stack stack(String joined) {
    List<String> names = List.of(joined.split(";"));
    List<Frame> frames = new ArrayList<>();
    names.subList(1, names.size()).forEach(name -> frames.add(frame(name)));
    Collections.reverse(frames);
    return new Samples.Stack(frames, !MAIN_THREAD.matcher(names.get(0)).find());
  }

  private static Frame frame(String annotated) {
    boolean java = JAVA.matcher(annotated).find();
    String name = TYPE.matcher(annotated).replaceFirst("");
    return new Frame(java ? MethodName.normal(name.replace('/', '.')) : name, java);
  }
}
