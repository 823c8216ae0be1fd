package org.jvmpprof.agent.threads;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackHolder;
import org.jvmpprof.agent.stack.StackTable;

/**
 * Who started each live platform thread. A thread that has ended is forgotten within a second or
 * two, one that ends within a round of the drainer is never looked at. Thread-safe; never used in a
 * thread of the application, unless it asks for a profile.
 */
public final class ThreadStarts implements StackHolder {
  /** Rounds in which a thread that was about to start has to be seen alive. */
  private static final int PATIENCE_ROUNDS = 10;

  private static final int ROUNDS_PER_SWEEP = 10;

  private final StackTable stacks;
  private volatile Supplier<Object[]> hook;

  /** Threads with higher numbers were not there when the hook began to see starts. */
  private volatile long lastUnseenId;

  private final Deque<Pending> pending = new ArrayDeque<>();
  private final IdentityHashMap<Thread, Start> starts = new IdentityHashMap<>();
  private int round;

  /**
   * A start that was seen.
   *
   * @param stack of the thread that started this one, from {@link Thread#start} on
   * @param parentId that thread
   */
  record Start(Stack stack, long parentId) {}

  private record Pending(Thread child, Thread parent, Throwable stack, int round) {}

  ThreadStarts(Supplier<Object[]> hook, StackTable stacks, long lastUnseenId) {
    this.hook = hook;
    this.stacks = stacks;
    this.lastUnseenId = lastUnseenId;
  }

  /** Prepares the profile; until {@link #begin} every thread counts as older. */
  public ThreadStarts(StackTable stacks) {
    this(() -> new Object[0], stacks, Long.MAX_VALUE);
  }

  /**
   * Begins to record; where this JVM does not let the agent, one line says so, and every thread
   * counts as if it had been there before.
   */
  public void begin(Instrumentation instrumentation, AgentLog log) {
    try {
      hook = StartHook.install(instrumentation)::take;
      lastUnseenId = newestId();
    } catch (IOException
        | ReflectiveOperationException
        | UnmodifiableClassException
        | RuntimeException
        | LinkageError e) {
      log.error("threadcreate does not know who starts a thread: " + e);
    }
  }

  /** A round: takes what the hook has seen, and forgets what has ended. */
  public synchronized void poll() {
    round++;
    take();
    for (int waiting = pending.size(); waiting > 0; waiting--) {
      settle(pending.remove());
    }
    if (round % ROUNDS_PER_SWEEP == 0) {
      starts.keySet().removeIf(thread -> !thread.isAlive());
    }
  }

  @Override
  public synchronized void forEachStack(Consumer<Stack> consumer) {
    starts.values().forEach(start -> consumer.accept(start.stack));
  }

  /** How a thread was started; empty when that was not seen. */
  synchronized Optional<Start> of(Thread thread) {
    return Optional.ofNullable(starts.get(thread));
  }

  /** Whether the thread was there before its start could be seen. */
  boolean isOlder(Thread thread) {
    return JavaThreads.id(thread) <= lastUnseenId;
  }

  /** How many threads are known; those that have ended are so for a while. */
  synchronized int size() {
    return starts.size() + pending.size();
  }

  private void take() {
    Object[] seen = hook.get();
    for (int i = 0; i < seen.length; i += 3) {
      pending.add(
          new Pending((Thread) seen[i], (Thread) seen[i + 1], (Throwable) seen[i + 2], round));
    }
  }

  /** The hook comes before the start: the thread may have ended, or not be there yet. */
  private void settle(Pending start) {
    if (start.child.isAlive()) {
      starts.put(start.child, resolve(start));
    } else if (JavaThreads.state(start.child) == Thread.State.NEW
        && round - start.round < PATIENCE_ROUNDS) {
      pending.add(start);
    }
  }

  private Start resolve(Pending start) {
    long parentId = JavaThreads.id(start.parent);
    return new Start(stacks.intern(StartFrames.of(start.stack.getStackTrace())), parentId);
  }

  private static long newestId() {
    return JavaThreads.platform().stream().mapToLong(JavaThreads::id).max().orElse(0);
  }
}
