package org.jvmpprof.agent.contention;

import java.util.ArrayList;
import java.util.List;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Table;

/**
 * Where workers wait for work. Such a wait costs nobody anything; it carries the label {@code
 * idle}, so that a viewer can leave it out. None of these methods is on the stack while the worker
 * works.
 */
final class IdleSites {
  private static final Labels IDLE = Labels.of("idle", "true");

  private static final List<String> KNOWN =
      List.of(
          // The next task of a thread pool, scheduled or not.
          "java.util.concurrent.ThreadPoolExecutor.getTask",
          // A fork-join worker without a task; parallel streams and virtual threads run on those.
          "java.util.concurrent.ForkJoinPool.awaitWork",
          // The thread of delayed tasks that fork-join pools share, from JDK 25 on.
          "java.util.concurrent.DelayScheduler.loop",
          // The next task of a java.util.Timer.
          "java.util.TimerThread.mainLoop",
          // References that the collector has cleared.
          "java.lang.ref.ReferenceQueue.remove",
          "java.lang.ref.ReferenceQueue.await",
          "java.lang.ref.NativeReferenceQueue.await",
          // The next task of a Netty event executor.
          "io.netty.util.concurrent.SingleThreadEventExecutor.takeTask",
          "io.netty.util.concurrent.GlobalEventExecutor.takeTask",
          // The next task of a Tomcat pool, which is a copy of the JDK's, and its acceptor at the
          // limit.
          "org.apache.tomcat.util.threads.ThreadPoolExecutor.getTask",
          "org.apache.tomcat.util.threads.LimitLatch.countUpOrAwait",
          // The next task of a Jetty pool.
          "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.idleJobPoll",
          "org.eclipse.jetty.util.thread.ReservedThreadExecutor$ReservedThread.reservedWait",
          // The same since Jetty 12.
          "org.eclipse.jetty.util.thread.ReservedThreadExecutor$ReservedThread.waitForTask",
          // The next task of an Undertow or JBoss pool.
          "org.jboss.threads.EnhancedQueueExecutor$ThreadBody.getOrAddNode",
          "org.jboss.threads.EnhancedQueueExecutor$PoolThreadNode.park",
          // A Kotlin coroutine worker without a coroutine.
          "kotlinx.coroutines.scheduling.CoroutineScheduler$Worker.park",
          "kotlinx.coroutines.scheduling.CoroutineScheduler$Worker.tryPark",
          // A consumer of a ring buffer that is empty.
          "com.lmax.disruptor.BlockingWaitStrategy.waitFor",
          "com.lmax.disruptor.TimeoutBlockingWaitStrategy.waitFor",
          // The thread that looks for the next delayed task of OkHttp.
          "okhttp3.internal.concurrent.TaskRunner.awaitTaskToRun");

  private final Table<String, Boolean> sites = new Table<>();

  /**
   * Takes the known ones and some more.
   *
   * @param more as {@code pkg.Class.method}
   */
  IdleSites(List<String> more) {
    List<String> all = new ArrayList<>(KNOWN);
    all.addAll(more);
    all.forEach(site -> sites.put(site, true));
  }

  /** The labels of a wait on this stack. */
  Labels labelsOf(List<Frame> frames) {
    boolean forWork = frames.stream().anyMatch(at -> sites.get(at.function().name()) != null);
    return forWork ? IDLE : Labels.NONE;
  }
}
