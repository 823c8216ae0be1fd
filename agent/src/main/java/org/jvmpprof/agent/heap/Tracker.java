package org.jvmpprof.agent.heap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.stack.Table;

/**
 * Takes samples over, sums them by site, and follows their objects until they are freed. Not
 * thread-safe.
 */
final class Tracker {
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
   */
  void poll(long meanBytes) {
    take();
    sampler.takeDropped(dropped);
    if (dropped[0] > 0) {
      sites.lost(meanBytes).add(dropped[0], dropped[1]);
    }
    if (rounds.advance()) {
      live.sweep(sampler);
    }
  }

  /** How many sampled objects are being followed. */
  int liveSamples() {
    return live.size();
  }

  /** Follows no object any more; what was allocated remains. */
  void release() {
    take();
    live.release(sampler);
  }

  /** The rows of the heap profile: allocated and in use, or what was sampled of both. */
  List<Row> rows(boolean scaled) {
    sites.forEach(Site::clearInUse);
    int collected = rounds.collected();
    live.countInUse(collected == Rounds.NONE ? rounds.current() : collected);
    Table<Site.Key, Amounts> sums = new Table<>();
    sites.forEach(site -> add(sums, site, scaled ? site.key().meanBytes() : 1));
    List<Row> rows = new ArrayList<>(sums.size());
    sums.forEach((key, amounts) -> rows.add(amounts.row(key)));
    return rows;
  }

  void forEachStack(Consumer<Stack> consumer) {
    sites.forEach(site -> consumer.accept(site.key().stack()));
  }

  private void take() {
    sampler.gather();
    for (int length = sampler.next(words); length > 0; length = sampler.next(words)) {
      add(length);
    }
    rounds.next();
  }

  private void add(int length) {
    long reference = words[AllocationSampler.REFERENCE];
    if (agentThreads.contains(words[AllocationSampler.THREAD])) {
      unwanted[0] = reference;
      sampler.sweep(unwanted, 1, true);
      return;
    }
    SampleWords sample = SampleWords.of(words, length);
    Site site = sites.of(sample);
    site.add(1, sample.sizeBytes());
    live.add(reference, site, rounds.current());
  }

  private static void add(Table<Site.Key, Amounts> sums, Site site, long meanBytes) {
    Site.Key row = new Site.Key(site.key().stack(), site.key().labels(), 0);
    Amounts sum = sums.get(row);
    if (sum == null) {
      sum = new Amounts();
      sums.put(row, sum);
    }
    sum.allocated = sum.allocated.plus(site.allocated().scaled(meanBytes));
    sum.inUse = sum.inUse.plus(site.inUse().scaled(meanBytes));
  }

  /** One row's sums over all means. */
  private static final class Amounts {
    Allocations allocated = new Allocations(0, 0);
    Allocations inUse = new Allocations(0, 0);

    Row row(Site.Key key) {
      return new Row(
          key.stack(),
          key.labels(),
          List.of(allocated.objects(), allocated.bytes(), inUse.objects(), inUse.bytes()));
    }
  }
}
