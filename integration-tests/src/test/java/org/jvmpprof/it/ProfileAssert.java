package org.jvmpprof.it;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.data.Percentage;
import org.jvmpprof.it.CpuProfile.Frame;
import org.jvmpprof.it.CpuProfile.Stack;

/** What tests say about a profile. Function names are regular expressions for the whole name. */
final class ProfileAssert extends AbstractAssert<ProfileAssert, CpuProfile> {

  private ProfileAssert(CpuProfile profile) {
    super(profile, ProfileAssert.class);
  }

  static ProfileAssert assertThat(CpuProfile profile) {
    return new ProfileAssert(profile);
  }

  /** Every file is one that all readers of pprof's format accept, and there is one. */
  ProfileAssert isValid() {
    if (actual.files().isEmpty()) {
      throw failure("there is no profile");
    }
    for (ProfileFile file : actual.files()) {
      List<String> broken = brokenRules(file);
      if (!broken.isEmpty()) {
        throw failure("%s: %s", file.path(), broken);
      }
    }
    return this;
  }

  /** The function itself takes at least this share (0 to 1) of all CPU time. */
  ProfileAssert hasFlatShareOfAtLeast(String function, double share) {
    double is = share(actual.flatNanos(function));
    if (!(is >= share)) {
      throw failure("%s has flat %.4f, not %.4f, in\n%s", function, is, share, hottest());
    }
    return this;
  }

  /** The function and what it calls take this share (0 to 1) of all CPU time. */
  ProfileAssert hasCumulativeShare(String function, double share, double tolerance) {
    double is = share(actual.cumulativeNanos(function));
    if (!(Math.abs(is - share) <= tolerance)) {
      throw failure("%s has %.4f, not %.4f, in\n%s", function, is, share, hottest());
    }
    return this;
  }

  /** Some stack has these functions, leaf first, with anything between them. */
  ProfileAssert hasStack(String... functions) {
    if (actual.nanos().keySet().stream().noneMatch(stack -> contains(stack, functions))) {
      throw failure("no stack has %s in\n%s", List.of(functions), hottest());
    }
    return this;
  }

  /** No stack has the function. */
  ProfileAssert hasNoStackWith(String function) {
    long nanos = actual.cumulativeNanos(function);
    if (nanos != 0) {
      throw failure("%s has %d ns in\n%s", function, nanos, hottest());
    }
    return this;
  }

  /** The CPU time of all samples together is close to this. */
  ProfileAssert hasTotalNanosCloseTo(long nanos, Percentage tolerance) {
    double off = 100.0 * (actual.totalNanos() - nanos) / nanos;
    if (!(Math.abs(off) <= tolerance.value)) {
      throw failure("%d ns are %.1f %% off %d in\n%s", actual.totalNanos(), off, nanos, hottest());
    }
    return this;
  }

  /** The CPU time of all samples together is at least this. */
  ProfileAssert hasTotalNanosOfAtLeast(long nanos) {
    if (actual.totalNanos() < nanos) {
      throw failure("%d ns are less than %d in\n%s", actual.totalNanos(), nanos, hottest());
    }
    return this;
  }

  private double share(long nanos) {
    return (double) nanos / actual.totalNanos();
  }

  private static boolean contains(Stack stack, String... functions) {
    Iterator<Frame> frames = stack.frames().iterator();
    for (String function : functions) {
      if (!skipTo(function, frames)) {
        return false;
      }
    }
    return true;
  }

  private static boolean skipTo(String function, Iterator<Frame> frames) {
    while (frames.hasNext()) {
      if (CpuProfile.named(function).test(frames.next().function())) {
        return true;
      }
    }
    return false;
  }

  private String hottest() {
    return actual.nanos().entrySet().stream()
        .sorted(Map.Entry.<Stack, Long>comparingByValue().reversed())
        .limit(10)
        .map(entry -> entry.getValue() / 1_000_000 + " ms " + functions(entry.getKey()))
        .collect(joining("\n", "", "\n(" + actual.totalNanos() / 1_000_000 + " ms in all)"));
  }

  private static String functions(Stack stack) {
    return stack.frames().stream().limit(20).map(Frame::function).collect(joining(" < "));
  }

  private static List<String> brokenRules(ProfileFile file) {
    try {
      return ProfileRules.brokenBy(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
