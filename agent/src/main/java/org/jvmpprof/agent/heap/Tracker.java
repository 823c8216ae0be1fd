package org.jvmpprof.agent.heap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;

/**
 * Takes samples over, sums them by site, and follows their objects until they are freed. Not
 * thread-safe.
 */
final class Tracker {
  private static final Allocations NOTHING = new Allocations(0, 0);

  private final AllocationSampler sampler;
  private final Rounds rounds;
  private final AgentThreads agentThreads;
  private final Sites sites;
  private final LiveSamples live = new LiveSamples();
  private final long[] words = new long[AllocationSampler.MAX_WORDS];
  private final long[] dropped = new long[2];
  private final long[] unwanted = new long[1];

  Tracker(
      AllocationSampler sampler,
      Rounds rounds,
      StackTable stacks,
      int maxSites,
      AgentThreads agentThreads) {
    this.sampler = sampler;
    this.rounds = rounds;
    this.agentThreads = agentThreads;
    this.sites = new Sites(stacks, new Methods(sampler), maxSites);
  }

  /**
   * Takes over what was sampled; after a collection also forgets what was freed.
   *
   * @param meanBytes between samples, for those that were dropped
   * @return how many samples there were
   */
  int poll(long meanBytes) {
    int count = take(meanBytes);
    if (rounds.advance()) {
      live.sweep(sampler);
    }
    return count;
  }

  /** How many sampled objects are being followed. */
  int liveSamples() {
    return live.size();
  }

  /** Takes over what was sampled, and follows no object any more; what was allocated remains. */
  void release(long meanBytes) {
    take(meanBytes);
    live.release(sampler);
  }

  /**
   * The rows of the heap profile: allocated and in use.
   *
   * @param readerMeanBytes with what readers will scale them; 1 for not at all
   */
  List<Row> rows(long readerMeanBytes) {
    sites.forEachRow(Tracker::clearInUse);
    int collected = rounds.collected();
    live.countInUse(collected == Rounds.NONE ? rounds.current() : collected);
    List<Row> rows = new ArrayList<>();
    sites.forEachRow(first -> rows.add(row(first, readerMeanBytes)));
    return rows;
  }

  void forEachStack(Consumer<Stack> consumer) {
    sites.forEachRow(site -> consumer.accept(site.key().stack()));
  }

  private int take(long meanBytes) {
    int count = 0;
    sampler.gather(true);
    try {
      for (int length = sampler.next(words); length > 0; length = sampler.next(words)) {
        add(length);
        count++;
      }
    } finally {
      sampler.gather(false);
    }
    rounds.next();
    sampler.takeDropped(dropped);
    // The JVM's threads count one after the other: these may belong to the next objects.
    if (dropped[0] > 0 || dropped[1] > 0) {
      sites.lost(meanBytes).add(dropped[0], dropped[1]);
    }
    return count + (int) dropped[0];
  }

  private void add(int length) {
    boolean followed = false;
    try {
      if (!agentThreads.contains(words[AllocationSampler.THREAD])) {
        SampleWords sample = SampleWords.of(words, length);
        Site site = sites.of(sample);
        live.add(words[AllocationSampler.REFERENCE], site, rounds.current());
        followed = true;
        site.add(1, sample.sizeBytes());
      }
    } finally {
      if (!followed) {
        unwanted[0] = words[AllocationSampler.REFERENCE];
        sampler.sweep(unwanted, 1, true);
      }
    }
  }

  private static void clearInUse(Site first) {
    for (Site site = first; site != null; site = site.next()) {
      site.clearInUse();
    }
  }

  private static Row row(Site first, long readerMeanBytes) {
    Allocations allocated = NOTHING;
    Allocations inUse = NOTHING;
    for (Site site = first; site != null; site = site.next()) {
      long mean = site.meanBytes();
      allocated = allocated.plus(site.allocated().scaledFor(mean, readerMeanBytes));
      inUse = inUse.plus(site.inUse().scaledFor(mean, readerMeanBytes));
    }
    return new Row(
        first.key().stack(),
        first.key().labels(),
        List.of(allocated.objects(), allocated.bytes(), inUse.objects(), inUse.bytes()));
  }
}
