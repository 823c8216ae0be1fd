package org.jvmpprof.agent.threads;

import java.util.List;
import java.util.Optional;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Snapshot;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.time.Ticker;

/**
 * The live platform threads, which each are a thread of the operating system, by the stack that
 * started them: Go's {@code threadcreate}, which in Go has no stacks any more. Left out are the
 * agent's threads, those that the JDK started for it, and those that the JVM started for itself.
 */
public final class ThreadCreateProfile implements ProfileSource {
  private final ThreadStarts starts;
  private final AgentThreads agentThreads;
  private final StackTable stacks;
  private final Ticker ticker;

  /** Nothing is done before the profile is asked for. */
  public ThreadCreateProfile(
      ThreadStarts starts, AgentThreads agentThreads, StackTable stacks, Ticker ticker) {
    this.starts = starts;
    this.agentThreads = agentThreads;
    this.stacks = stacks;
    this.ticker = ticker;
  }

  @Override
  public ProfileType type() {
    return ProfileType.THREADCREATE;
  }

  @Override
  public Snapshot snapshot() {
    List<Thread> live = JavaThreads.platform();
    // What is alive has passed the hook before.
    starts.poll();
    Counts counts = new Counts();
    for (Thread thread : live) {
      if (!agentThreads.contains(JavaThreads.id(thread))) {
        creation(thread).ifPresent(stack -> counts.add(stack, Labels.NONE, 1));
      }
    }
    return counts.snapshot(type(), ticker.epochNanos());
  }

  /** Empty for a thread that is not the application's. */
  private Optional<Stack> creation(Thread thread) {
    Optional<ThreadStarts.Start> start = starts.of(thread);
    if (start.isPresent()) {
      return start.filter(seen -> !agentThreads.contains(seen.parentId())).map(s -> s.stack());
    }
    if (JavaThreads.isSystem(thread)) {
      return Optional.empty();
    }
    return Optional.of(
        named(starts.isOlder(thread) ? "[started before the agent]" : "[started unseen]"));
  }

  private Stack named(String name) {
    return stacks.intern(List.of(new Frame(Function.named(name), 0)));
  }
}
