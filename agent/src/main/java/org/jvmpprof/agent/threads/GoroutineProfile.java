package org.jvmpprof.agent.threads;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jvmpprof.agent.profile.DumpSource;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackHolder;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.stack.Table;
import org.jvmpprof.agent.threads.LiveThreads.LiveThread;
import org.jvmpprof.agent.time.Ticker;

/**
 * All threads of the application, platform and virtual ones: Go's {@code goroutine}. The caller is
 * among them, with the frames of this very class at the leaf, unless it is one of the agent's.
 */
public final class GoroutineProfile implements DumpSource, StackHolder {
  private static final Function NOT_VISITED = Function.named("jvmpprof.lostProfileEvent");

  private final LiveThreads threads;
  private final ThreadStarts starts;
  private final StackTable stacks;
  private final ThreadLabels labels;
  private final Ticker ticker;
  private final LongWaits waits;

  /** Keeps its stacks known until the next profile, which mostly has the same. */
  private volatile List<Row> latest = List.of();

  /** As {@link #latest}; not changed any more. */
  private volatile IdentityHashMap<List<Frame>, Place> latestPlaces = new IdentityHashMap<>();

  /** Nothing is done before the profile is asked for. */
  public GoroutineProfile(
      LiveThreads threads,
      ThreadStarts starts,
      StackTable stacks,
      ThreadLabels labels,
      Ticker ticker) {
    this.threads = threads;
    this.starts = starts;
    this.stacks = stacks;
    this.labels = labels;
    this.ticker = ticker;
    waits = new LongWaits(ticker);
  }

  /** Looks from time to time who waits, so that a dump can tell for how long. */
  public void watchWaits() {
    waits.watch();
  }

  /** A round of the drainer. */
  public void poll() {
    waits.poll();
  }

  @Override
  public ProfileType type() {
    return ProfileType.GOROUTINE;
  }

  @Override
  public Snapshot snapshot() {
    long epochNanos = ticker.epochNanos();
    Counts counts = new Counts();
    Places places = new Places(latestPlaces);
    long notVisited =
        threads.visitFrames(
            (thread, frames) -> count(thread, places.ofDumped(frames), counts),
            live -> count(live.thread(), places.of(live.stack()), counts));
    if (notVisited > 0) {
      Stack lost = stacks.intern(List.of(new Frame(NOT_VISITED, 0)));
      counts.add(lost, Labels.NONE, notVisited);
    }
    Snapshot snapshot = counts.snapshot(type(), epochNanos);
    latest = snapshot.rows();
    latestPlaces = places.dumped;
    return snapshot;
  }

  @Override
  public String dump() {
    starts.poll();
    List<LiveThread> all = new ArrayList<>();
    long notVisited = threads.visit(all::add);
    Thread caller = Thread.currentThread();
    all.sort(
        Comparator.comparing((LiveThread live) -> live.thread() != caller)
            .thenComparing(live -> JavaThreads.id(live.thread())));
    waits.look(all.stream().mapToLong(live -> JavaThreads.id(live.thread())).toArray());
    GoroutineText text = new GoroutineText(LockOwners.of(all), waits, starts, labels);
    all.forEach(text::add);
    return text.end(notVisited);
  }

  @Override
  public void forEachStack(Consumer<Stack> consumer) {
    latest.forEach(row -> consumer.accept(row.stack()));
  }

  private void count(Thread thread, Place place, Counts counts) {
    counts.add(place.stack, labels.of(JavaThreads.id(thread), place.marks), 1);
  }

  /**
   * A stack as the profile shows it.
   *
   * @param marks all of its frames, if some of them say labels; else none
   */
  private record Place(List<Frame> marks, Stack stack) {}

  private Place place(List<Frame> frames) {
    List<Frame> visible = labels.visible(frames);
    List<Frame> marks = visible.size() == frames.size() ? List.of() : frames;
    return new Place(marks, stacks.intern(visible));
  }

  /**
   * The stacks of one profile. Most threads of a pool have equal ones, those of one program share
   * most of their frames, and most are in one profile after the other: each distinct one is looked
   * at once.
   */
  private final class Places {
    private final Table<List<StackTraceElement>, Place> known = new Table<>();
    private final Table<StackTraceElement, Frame> frames = new Table<>();
    private final IdentityHashMap<List<Frame>, Place> before;
    private final IdentityHashMap<List<Frame>, Place> dumped = new IdentityHashMap<>();

    Places(IdentityHashMap<List<Frame>, Place> before) {
      this.before = before;
    }

    Place ofDumped(List<Frame> stack) {
      Place place = dumped.get(stack);
      if (place == null) {
        Place same = before.get(stack);
        place = same == null ? place(stack) : same;
        dumped.put(stack, place);
      }
      return place;
    }

    Place of(List<StackTraceElement> stack) {
      Place place = known.get(stack);
      if (place == null) {
        place = place(stack.stream().map(this::frame).toList());
        known.put(stack, place);
      }
      return place;
    }

    private Frame frame(StackTraceElement element) {
      Frame frame = frames.get(element);
      if (frame == null) {
        frame = Frame.of(element);
        frames.put(element, frame);
      }
      return frame;
    }
  }
}
