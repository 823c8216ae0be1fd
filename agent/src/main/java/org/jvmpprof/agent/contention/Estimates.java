package org.jvmpprof.agent.contention;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;

/**
 * How much of the delays that were estimated can be true. An enter of a monitor that is chosen to
 * be timed takes longer than others; where the monitor is held for no longer than that, it loses it
 * more often, waits longer, and counts for hundreds. So what the few tell is held against what
 * ticks of a clock tell, which come upon threads that wait as often as they wait, whatever became
 * of them: that has little of where and how often, but is never more than there was. Used by one
 * thread.
 */
final class Estimates {
  /** A round is 100 ms: half of what is known is from the last 14 seconds. */
  private static final double KEPT_PER_ROUND = 0.995;

  /** So much more than the ticks tell may be by chance. */
  private static final double DEVIATIONS = 2;

  private static final double LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int MAX_METHODS = 1_024;
  private static final Function NO_METHOD = Function.java("", "");

  private final Map<Function, Delays> methods =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Function, Delays> eldest) {
          return size() > MAX_METHODS;
        }
      };

  private double excessShare = 1;

  /** What is known of the monitors that a method enters and leaves. */
  private static final class Delays {
    private double ticked;
    private double tickedSquares;
    private double certain;
    private double certainSquares;
    private double waits;
    private double releases;

    void fade() {
      ticked *= KEPT_PER_ROUND;
      tickedSquares *= KEPT_PER_ROUND;
      certain *= KEPT_PER_ROUND;
      certainSquares *= KEPT_PER_ROUND;
      waits *= KEPT_PER_ROUND;
      releases *= KEPT_PER_ROUND;
    }

    /** More is not likely to be true of the waits that were estimated. */
    double mostWaits() {
      return LEAST_NANOS + ticked + DEVIATIONS * Math.sqrt(tickedSquares);
    }

    /** What has been waited for monitors and is charged to another method; parks have no ticks. */
    double missingReleases() {
      return ticked > 0 ? Math.max(ticked + certain - releases, 0) : 0;
    }

    /** And of the releases, which have delayed the others, too. */
    double mostReleases() {
      double squares = tickedSquares + certainSquares;
      return LEAST_NANOS + ticked + certain + DEVIATIONS * Math.sqrt(squares);
    }
  }

  /** Begins a round of the drainer. */
  void nextRound() {
    Collection<Delays> all = methods.values();
    all.forEach(Delays::fade);
    double excess = 0;
    double missing = 0;
    for (Delays delays : all) {
      excess += Math.max(delays.releases - delays.mostReleases(), 0);
      missing += delays.missingReleases();
    }
    excessShare = excess > missing ? missing / excess : 1;
  }

  /** Takes what a tick has found. */
  void ticked(List<Frame> where, long delayNanos) {
    Delays delays = delays(where);
    delays.ticked += delayNanos;
    delays.tickedSquares += (double) delayNanos * delayNanos;
  }

  /** Takes a wait that was timed for itself. */
  void certain(List<Frame> where, long delayNanos) {
    Delays delays = delays(where);
    delays.certain += delayNanos;
    delays.certainSquares += (double) delayNanos * delayNanos;
  }

  /**
   * Takes waits that were estimated.
   *
   * @return which share of them can be true
   */
  double ofWaits(List<Frame> where, long delayNanos) {
    Delays delays = delays(where);
    delays.waits += delayNanos;
    return Math.min(delays.mostWaits() / delays.waits, 1);
  }

  /**
   * Takes releases that were estimated. One method may delay who waits in another one.
   *
   * @return which share of them can be true
   */
  double ofReleases(List<Frame> where, long delayNanos) {
    Delays delays = delays(where);
    delays.releases += delayNanos;
    double own = Math.min(delays.mostReleases(), delays.releases);
    return (own + (delays.releases - own) * excessShare) / delays.releases;
  }

  private Delays delays(List<Frame> where) {
    Function method = where.isEmpty() ? NO_METHOD : where.get(0).function();
    return methods.computeIfAbsent(method, unknown -> new Delays());
  }
}
