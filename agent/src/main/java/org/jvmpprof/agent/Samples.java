package org.jvmpprof.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jvmpprof.agent.profile.EventSink;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Sample;
import org.jvmpprof.agent.stack.StackHolder;
import org.jvmpprof.agent.stack.StackTable;

/**
 * Where drained samples go: to the files, to the sums since the start, to whoever collects. Forgets
 * the stacks that none of them holds.
 */
final class Samples implements EventSink {
  private final StackTable stacks;
  private final List<Route> routes = new ArrayList<>();
  private final List<StackHolder> holders = new ArrayList<>();
  private final List<Runnable> flushes = new ArrayList<>();

  private record Route(ProfileType type, Consumer<Sample> to) {}

  Samples(StackTable stacks) {
    this.stacks = stacks;
  }

  /** Sends the samples of one profile, from the next one on, to somebody who keeps their stacks. */
  <T extends StackHolder> void send(ProfileType type, T holder, Consumer<Sample> to) {
    routes.add(new Route(type, to));
    holders.add(holder);
  }

  /** Keeps the stacks of somebody who gets them elsewhere; before the first sample. */
  void keep(StackHolder holder) {
    holders.add(holder);
  }

  /** What to do at the end of each round; before the first one. */
  void atEndOfRound(Runnable flush) {
    flushes.add(flush);
  }

  @Override
  public void add(ProfileType type, Sample sample) {
    for (Route route : routes) {
      if (route.type.equals(type)) {
        route.to.accept(sample);
      }
    }
  }

  @Override
  public void flush() {
    flushes.forEach(Runnable::run);
    stacks.sweep(holders);
  }
}
