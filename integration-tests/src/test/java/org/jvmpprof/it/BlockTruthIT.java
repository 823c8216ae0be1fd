package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Percentage;
import org.jvmpprof.it.programs.SocketProgram;
import org.jvmpprof.it.programs.WaitsProgram;

/** Each way to wait, against the program's own clock. */
class BlockTruthIT {
  private static final String JUC = "java.util.concurrent.";
  private static final String BLOCK = "";

  /** What the application called to wait; empty for the method {@code block} itself. */
  private static final Map<String, String> LEAVES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("SynchronizedBlock", BLOCK),
              Map.entry("SynchronizedMethod", BLOCK),
              Map.entry("ObjectWait", "java.lang.Object.wait"),
              Map.entry("ThreadJoin", "java.lang.Thread.join"),
              Map.entry("ReentrantLockLock", JUC + "locks.ReentrantLock.lock"),
              Map.entry("WriteLockLock", JUC + "locks.ReentrantReadWriteLock$WriteLock.lock"),
              Map.entry("ReadLockLock", JUC + "locks.ReentrantReadWriteLock$ReadLock.lock"),
              Map.entry("StampedWriteLock", JUC + "locks.StampedLock.writeLock"),
              Map.entry("StampedReadLock", JUC + "locks.StampedLock.readLock"),
              Map.entry(
                  "ConditionAwait", JUC + "locks.AbstractQueuedSynchronizer$ConditionObject.await"),
              Map.entry("SemaphoreAcquire", JUC + "Semaphore.acquire"),
              Map.entry("CountDownLatchAwait", JUC + "CountDownLatch.await"),
              Map.entry("CyclicBarrierAwait", JUC + "CyclicBarrier.await"),
              Map.entry("PhaserAwait", JUC + "Phaser.arriveAndAwaitAdvance"),
              Map.entry("ExchangerExchange", JUC + "Exchanger.exchange"),
              Map.entry("LinkedQueueTake", JUC + "LinkedBlockingQueue.take"),
              Map.entry("ArrayQueuePut", JUC + "ArrayBlockingQueue.put"),
              Map.entry("SynchronousQueueTake", JUC + "SynchronousQueue.take"),
              Map.entry("CompletableFutureGet", JUC + "CompletableFuture.get"),
              Map.entry("FutureTaskGet", JUC + "FutureTask.get"),
              Map.entry("ForkJoinTaskJoin", JUC + "ForkJoinTask.join"),
              Map.entry("LockSupportPark", BLOCK)));

  private static final Tolerance EVERY_WAIT =
      new Tolerance(withinPercentage(0), withinPercentage(5));

  private static final Tolerance BY_DEFAULT =
      new Tolerance(withinPercentage(0), withinPercentage(10));

  /** One that has no core for so long may find that it need not wait. */
  private static final Tolerance BY_DEFAULT_VIRTUAL =
      new Tolerance(withinPercentage(2), withinPercentage(10));

  private record Tolerance(Percentage contentions, Percentage delay) {}

  @OnEachJdk
  void everyWait_platformThreads_isCountedAndTimed(Java java) {
    check(java, 0, "platform", EVERY_WAIT, "block=1ns", "mutex=1");
  }

  @OnEachJdk(25)
  void everyWait_virtualThreads_isCountedAndTimed(Java java) {
    check(java, 0, "virtual", EVERY_WAIT, "block=1ns", "mutex=1");
  }

  @OnEachJdk
  void inputOfSocket_platformThread_isNoWait(Java java) {
    onlyTheReaderIsWaitedFor(java, "platform");
  }

  @OnEachJdk(25)
  void inputOfSocket_virtualThread_isNoWait(Java java) {
    onlyTheReaderIsWaitedFor(java, "virtual");
  }

  @OnEachJdk
  void everyWait_defaultOptions_isTimed(Java java) {
    checkAgainAndAgain(java, "platform", BY_DEFAULT);
  }

  @OnEachJdk(25)
  void everyWait_defaultOptionsVirtualThreads_isTimed(Java java) {
    checkAgainAndAgain(java, "virtual", BY_DEFAULT_VIRTUAL);
  }

  /** As often as the system property says; prints what of the truth is shown on average. */
  private static void checkAgainAndAgain(Java java, String threads, Tolerance tolerance) {
    int runs = Integer.getInteger("jvmpprof.test.runs", 1);
    Map<String, Double> shares = new TreeMap<>();
    for (int run = 0; run < runs; run++) {
      check(java, run, threads, tolerance)
          .forEach((name, share) -> shares.merge(name, share / runs, Double::sum));
    }
    shares.forEach((name, share) -> System.out.printf("%s %s: %.4f%n", threads, name, share));
  }

  private static void onlyTheReaderIsWaitedFor(Java java, String threads) {
    java.program(SocketProgram.class).agent("block=1ns").args(threads).run();

    ContentionProfile block = ContentionProfile.block(java.profiles());
    assertThat(block.under(".*SocketProgram.awaitReader").contentions()).isEqualTo(1);
    assertThat(block.under(".*SocketProgram.*read|sun\\.nio\\.ch\\..*").leaves()).isEmpty();
  }

  /** What of the truth is shown of each. */
  private static Map<String, Double> check(
      Java java, int run, String threads, Tolerance tolerance, String... options) {
    Path profiles = java.directory().resolve("run" + run);
    ChildJvm program =
        java.program(WaitsProgram.class).agent(profiles, options).args(threads).run();

    ContentionProfile block = ContentionProfile.block(profiles);
    SoftAssertions.assertSoftly(
        soft ->
            LEAVES.forEach(
                (name, leaf) -> {
                  String method = program.text(name + ".class") + ".block";
                  ContentionProfile all = block.under(Pattern.quote(method));
                  ContentionProfile waits =
                      all.endingIn(Pattern.quote(leaf.equals(BLOCK) ? method : leaf));
                  soft.assertThat(waits.contentions())
                      .as("waits of %s", name)
                      .isCloseTo(program.value(name + ".count"), tolerance.contentions);
                  soft.assertThat(waits.delayNanos())
                      .as("nanoseconds of %s", name)
                      .isCloseTo(program.value(name + ".nanos"), tolerance.delay);
                  // A monitor that is free but slow to enter may look like one that is not.
                  soft.assertThat(all.delayNanos())
                      .as("%s, with what has other leaves than %s", all.leaves(), leaf)
                      .isCloseTo(waits.delayNanos(), withinPercentage(1));
                }));
    assertThat(block.under(".*Pause.*").rows()).as("sleep").isEmpty();
    assertThat(program.agentLines()).singleElement().asString().contains("block, mutex");
    Map<String, Double> shares = new TreeMap<>();
    LEAVES.forEach(
        (name, leaf) -> {
          String method = Pattern.quote(program.text(name + ".class") + ".block");
          double truth = program.value(name + ".nanos");
          shares.put(name, block.under(method).delayNanos() / truth);
        });
    return shares;
  }
}
