package org.jvmpprof.agent.heap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.profile.Label;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.stack.Table;

/** Finds or makes the site that a sample belongs to. Bounded. */
final class Sites {
  /** Samples whose sites are found without a look at their frames. */
  private static final int MAX_KNOWN = 1 << 13;

  /** Hooks, and what says the labels of a thread. */
  private static final String OURS = "java.lang.JvmPprof";

  private static final List<Frame> LOST =
      List.of(new Frame(Function.named("jvmpprof.lostProfileEvent"), 0));

  /**
   * Go's runtime hides its own frames at the leaf; these carry out an allocation likewise, also
   * that of a concatenation: the plus sign is no call.
   */
  private static final List<String> INTERNAL =
      List.of(
          "java.lang.invoke.",
          "java.lang.StringConcatHelper",
          "java.lang.String$$StringConcat",
          "jdk.internal.reflect.",
          "java.lang.reflect.Constructor.",
          "java.lang.reflect.Method.",
          "jdk.internal.misc.Unsafe.",
          OURS,
          "org.jvmpprof.agent.");

  private final StackTable stacks;
  private final Methods methods;
  private final int maxSites;
  private final int maxStacks;
  private final Table<SampleWords, Site> known = new Table<>();

  /** The first of each row; the others, with other means, follow it. */
  private final Table<Site.Key, Site> rows = new Table<>();

  private final Table<Labels, Labels> labels = new Table<>();
  private final Table<Stack, Boolean> held = new Table<>();
  private int size;

  Sites(StackTable stacks, Methods methods, int maxSites) {
    this.stacks = stacks;
    this.methods = methods;
    this.maxSites = maxSites;
    // What was allocated is never forgotten; the other half is for the other profiles.
    this.maxStacks = stacks.maxStacks() / 2;
  }

  /** The site of a sample. */
  Site of(SampleWords sample) {
    Site site = known.get(sample);
    if (site == null) {
      site = find(sample);
      if (known.size() >= MAX_KNOWN) {
        known.clear();
      }
      known.put(sample, site);
    }
    return site;
  }

  /** The site of samples that were dropped. */
  Site lost(long meanBytes) {
    return at(new Site.Key(stacks.intern(LOST), Labels.NONE), meanBytes);
  }

  /** Gives the first site of each row to the consumer. */
  void forEachRow(Consumer<Site> consumer) {
    rows.forEach((key, site) -> consumer.accept(site));
  }

  private Site find(SampleWords sample) {
    Labels labels = labels(sample.sizeBytes(), sample.signature());
    Site.Key key = new Site.Key(stacks.intern(frames(sample)), labels);
    boolean fits = known(key, sample.meanBytes()) != null || hasRoomFor(key.stack());
    return fits ? at(key, sample.meanBytes()) : overflow(sample);
  }

  private boolean hasRoomFor(Stack stack) {
    return size < maxSites && (held.size() < maxStacks || held.get(stack) != null);
  }

  /** Of about one size, so that the sizes in it can be scaled together. */
  private Site overflow(SampleWords sample) {
    Labels about = labels(Long.highestOneBit(sample.sizeBytes()), "");
    return at(new Site.Key(stacks.overflow(), about), sample.meanBytes());
  }

  private Site at(Site.Key key, long meanBytes) {
    Site site = known(key, meanBytes);
    if (site == null) {
      site = new Site(key, meanBytes, rows.get(key));
      rows.put(key, site);
      held.put(key.stack(), true);
      size++;
    }
    return site;
  }

  private @Nullable Site known(Site.Key key, long meanBytes) {
    Site site = rows.get(key);
    while (site != null && site.meanBytes() != meanBytes) {
      site = site.next();
    }
    return site;
  }

  /** Equal ones mostly are the same, so that little is to be compared when they are encoded. */
  private Labels labels(long sizeBytes, String signature) {
    Labels made = Labels.NONE.with(new Label("bytes", "", sizeBytes));
    if (!signature.isEmpty()) {
      made = made.with(new Label("class", ClassName.readable(signature), 0));
    }
    Labels same = labels.get(made);
    if (same != null) {
      return same;
    }
    if (labels.size() >= MAX_KNOWN) {
      labels.clear();
    }
    labels.put(made, made);
    return made;
  }

  private List<Frame> frames(SampleWords sample) {
    List<Frame> frames = new ArrayList<>(sample.depth());
    for (int i = 0; i < sample.depth(); i++) {
      Frame frame = methods.frame(sample.method(i), sample.location(i));
      if (!frame.function().name().startsWith(OURS)) {
        frames.add(frame);
      }
    }
    return withoutInternal(frames);
  }

  private static List<Frame> withoutInternal(List<Frame> frames) {
    int leaf = 0;
    while (leaf < frames.size() && isInternal(frames.get(leaf).function().name())) {
      leaf++;
    }
    return leaf == frames.size() ? frames : frames.subList(leaf, frames.size());
  }

  private static boolean isInternal(String function) {
    for (String prefix : INTERNAL) {
      if (function.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
