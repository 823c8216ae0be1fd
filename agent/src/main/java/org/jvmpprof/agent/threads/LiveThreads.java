package org.jvmpprof.agent.threads;

import java.lang.instrument.Instrumentation;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.StackTable;

/**
 * The application's threads with their stacks. The platform threads are seen at one instant, for
 * which the JVM stops them as it does for its own thread dump; of those that do not run a {@link
 * StackDump} may know without that. Each virtual thread is seen a little later, without a pause.
 * Threads that were created after the instant are left out, so that whoever sees a thread also sees
 * those that were running before it.
 *
 * <p>Threads of the JVM and the JDK are the application's only while they run its code, as Go shows
 * the goroutine of finalizers. The agent's are left out.
 */
public final class LiveThreads {
  /** Beyond, taking stacks would be a load in itself. */
  private static final int MAX_VIRTUAL_THREADS = 100_000;

  private final AgentThreads agentThreads;
  private final Consumer<Consumer<Thread>> virtualThreads;
  private final StackDump stackDump;

  /**
   * One thread.
   *
   * @param stack leaf first, at most {@link StackTable#MAX_DEPTH} deep
   */
  record LiveThread(Thread thread, List<StackTraceElement> stack) {}

  LiveThreads(
      AgentThreads agentThreads, Consumer<Consumer<Thread>> virtualThreads, StackDump stackDump) {
    this.agentThreads = agentThreads;
    this.virtualThreads = virtualThreads;
    this.stackDump = stackDump;
  }

  /** Finds the way to all of them; where there is none to virtual ones, one line says so. */
  public static LiveThreads of(
      Instrumentation instrumentation,
      AgentThreads agentThreads,
      StackDump stackDump,
      AgentLog log) {
    return new LiveThreads(agentThreads, VirtualThreads.of(instrumentation, log), stackDump);
  }

  /**
   * Visits each of them, in the way that costs the application least.
   *
   * @param visitor is given those whose frames the JVM tells as such
   * @param others is given the others
   * @return how many there are that were not visited
   */
  long visitFrames(BiConsumer<Thread, List<Frame>> visitor, Consumer<LiveThread> others) {
    long newestId = newestId();
    boolean dumped =
        stackDump.forEach(
            (thread, frames) -> {
              if (JavaThreads.id(thread) <= newestId && isApplications(thread, frames)) {
                visitor.accept(thread, frames);
              }
            });
    return dumped ? visitVirtual(others, newestId) : visit(others);
  }

  /**
   * Visits each of them.
   *
   * @return how many there are that were not visited
   */
  long visit(Consumer<LiveThread> visitor) {
    long newestId = newestId();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              LiveThread live = new LiveThread(thread, cut(stack));
              if (JavaThreads.id(thread) <= newestId && isApplications(live)) {
                visitor.accept(live);
              }
            });
    return visitVirtual(visitor, newestId);
  }

  private long visitVirtual(Consumer<LiveThread> visitor, long newestId) {
    long[] seen = {0};
    virtualThreads.accept(
        thread -> {
          if (JavaThreads.id(thread) <= newestId && seen[0]++ < MAX_VIRTUAL_THREADS) {
            List<StackTraceElement> stack = cut(thread.getStackTrace());
            if ((!stack.isEmpty() || thread.isAlive()) && !JavaThreads.isPoller(stack)) {
              visitor.accept(new LiveThread(thread, stack));
            }
          }
        });
    return Math.max(0, seen[0] - MAX_VIRTUAL_THREADS);
  }

  /** Threads are numbered when they are created, also one that never starts. */
  private static long newestId() {
    if (!VirtualThreads.EXIST) {
      // One instant is enough, and groups still count the threads that do not start.
      return Long.MAX_VALUE;
    }
    return JavaThreads.id(new Thread(null, null, "jvm-pprof-mark", 0, false));
  }

  private boolean isApplications(LiveThread live) {
    return !agentThreads.contains(JavaThreads.id(live.thread))
        && !(JavaThreads.isSystem(live.thread) && JavaThreads.isJdkCode(live.stack));
  }

  private boolean isApplications(Thread thread, List<Frame> frames) {
    return !agentThreads.contains(JavaThreads.id(thread))
        && !(JavaThreads.isSystem(thread) && JdkPackages.containAll(frames))
        && !(frames.isEmpty() && JavaThreads.isNative(thread));
  }

  private static List<StackTraceElement> cut(StackTraceElement[] stack) {
    List<StackTraceElement> all = Arrays.asList(stack);
    return all.subList(0, Math.min(all.size(), StackTable.MAX_DEPTH));
  }
}
