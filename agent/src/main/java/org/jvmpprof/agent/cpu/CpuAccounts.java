package org.jvmpprof.agent.cpu;

import java.util.ArrayList;
import java.util.List;
import org.jvmpprof.agent.stack.Table;

/** Keeps, for each thread, how much of its CPU time has been turned into samples. */
final class CpuAccounts {
  /**
   * A thread that has used up at least one period since its last samples.
   *
   * @param threadId the Java thread's id
   * @param samples how many periods
   */
  record Due(long threadId, long samples) {}

  private final long periodNanos;
  private Table<Long, Long> accountedNanos = new Table<>();

  CpuAccounts(long periodNanos) {
    this.periodNanos = periodNanos;
  }

  /** Takes the CPU time that threads have used until now as accounted for. */
  void open(long[] ids, long[] cpuNanos) {
    for (int i = 0; i < ids.length; i++) {
      accountedNanos.put(ids[i], Math.max(0, cpuNanos[i]));
    }
  }

  /**
   * Turns the CPU time used since into samples; what remains of a period is carried on. A thread
   * seen for the first time has used its CPU time since, unless that is more than there was: then
   * it is new to Java only, as the thread that ends a JVM is, and nothing is known of its use
   * since. One not among {@code ids} is forgotten.
   *
   * @param cpuNanos the CPU time of each thread; negative for one that has ended
   * @param sinceNanos how long ago the last call was
   */
  List<Due> charge(long[] ids, long[] cpuNanos, long sinceNanos) {
    List<Due> due = new ArrayList<>();
    Table<Long, Long> next = new Table<>();
    for (int i = 0; i < ids.length; i++) {
      if (cpuNanos[i] >= 0) {
        Long known = accountedNanos.get(ids[i]);
        long ifNew = cpuNanos[i] > sinceNanos ? cpuNanos[i] : 0;
        long accounted = known == null ? ifNew : known;
        long samples = Math.max(0, (cpuNanos[i] - accounted) / periodNanos);
        next.put(ids[i], accounted + samples * periodNanos);
        if (samples > 0) {
          due.add(new Due(ids[i], samples));
        }
      }
    }
    accountedNanos = next;
    return due;
  }
}
