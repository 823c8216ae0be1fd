package org.jvmpprof.agent.cpu;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.time.Ticker;

/**
 * Samples by a Java thread, on any JVM that measures its threads' CPU time: each period it takes
 * the stack of every thread that has used up a period of CPU time since its last sample. It sees
 * threads where they reach a safepoint, not where they were.
 */
public final class TimerCpuSampler implements CpuSampler {
  /** A scan may take one part in so many of the time until the next. */
  private static final long COST_DIVISOR = 20;

  private static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long STOP_MILLIS = 200;

  private final CpuSink sink;
  private final long periodNanos;
  private final AgentThreads agentThreads;
  private final AgentLog log;
  private final Ticker ticker;
  private final CpuAccounts accounts;

  private volatile boolean stopped;
  private @Nullable ThreadClocks clocks;
  private @Nullable Thread thread;
  private long lastScanNanos;

  /** Makes a sampler that takes one sample per {@code periodNanos} of a thread's CPU time. */
  public TimerCpuSampler(
      CpuSink sink, long periodNanos, AgentThreads agentThreads, AgentLog log, Ticker ticker) {
    this.sink = sink;
    this.periodNanos = periodNanos;
    this.agentThreads = agentThreads;
    this.log = log;
    this.ticker = ticker;
    accounts = new CpuAccounts(periodNanos);
  }

  @Override
  public String engine() {
    return "timer";
  }

  @Override
  public String about() {
    return "Java threads only; stacks are biased to safepoints";
  }

  @Override
  public void start() throws CpuSamplerException {
    ThreadClocks opened = ThreadClocks.open();
    long[] ids = opened.ids();
    accounts.open(ids, opened.cpuNanos(ids));
    lastScanNanos = ticker.epochNanos();
    clocks = opened;
    thread = agentThreads.start("timer", () -> run(opened));
  }

  /** Does nothing: samples are handed over when they are taken. */
  @Override
  public void poll() {}

  /** Lets a scan that is going on come to its end. */
  @Override
  public synchronized void flush(long untilEpochNanos) {}

  private void run(ThreadClocks from) {
    // Samples of a rarer scan stand for more.
    Pacer pacer = new Pacer(periodNanos, MAX_PAUSE_NANOS, COST_DIVISOR);
    long pauseNanos = periodNanos;
    while (!stopped) {
      LockSupport.parkNanos(pauseNanos);
      long beganNanos = ticker.epochNanos();
      scan(from);
      pauseNanos = pacer.pauseNanos(ticker.epochNanos() - beganNanos);
    }
  }

  private synchronized void scan(ThreadClocks from) {
    try {
      long[] ids = from.ids();
      long nowNanos = ticker.epochNanos();
      List<CpuAccounts.Due> due =
          accounts.charge(ids, from.cpuNanos(ids), nowNanos - lastScanNanos);
      lastScanNanos = nowNanos;
      due.removeIf(account -> agentThreads.contains(account.threadId()));
      if (!due.isEmpty()) {
        deliver(due, from.stacks(due.stream().mapToLong(CpuAccounts.Due::threadId).toArray()));
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      log.errorOnce("timer", "a CPU scan failed: " + e);
    }
  }

  private void deliver(List<CpuAccounts.Due> due, List<List<Frame>> stacks) {
    long epochNanos = ticker.epochNanos();
    for (int i = 0; i < due.size(); i++) {
      CpuAccounts.Due account = due.get(i);
      if (stacks.get(i).isEmpty()) {
        sink.lost(account.samples());
      } else {
        sink.sample(epochNanos, account.threadId(), stacks.get(i), account.samples());
      }
    }
  }

  @Override
  public void stop() {
    if (stopped || clocks == null) {
      return;
    }
    stopped = true;
    join();
    // Threads that begin now are those that end the JVM.
    lastScanNanos = ticker.epochNanos();
    scan(clocks);
  }

  private void join() {
    LockSupport.unpark(thread);
    try {
      if (thread != null) {
        thread.join(STOP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
