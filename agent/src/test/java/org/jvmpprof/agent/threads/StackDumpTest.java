package org.jvmpprof.agent.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.time.Ticker;

/** The goroutine profile where the JVM tells frames as such. */
class StackDumpTest {
  private static final List<Frame> APPLICATION =
      List.of(frame("java.lang.Object", "wait"), frame("com.acme.Worker", "run"));

  private static final List<Frame> JDK =
      List.of(frame("java.lang.Object", "wait"), frame("jdk.internal.misc.Innocuous", "run"));

  private final AgentThreads agentThreads = new AgentThreads();
  private final List<Thread> threads = new ArrayList<>();
  private final List<List<Frame>> frames = new ArrayList<>();
  private final StackTable stacks = new StackTable(100, 100);
  private final GoroutineProfile profile =
      new GoroutineProfile(
          new LiveThreads(
              agentThreads,
              visitor -> {},
              visitor -> {
                for (int i = 0; i < threads.size(); i++) {
                  visitor.accept(threads.get(i), frames.get(i));
                }
                return true;
              }),
          new ThreadStarts(() -> new Object[0], stacks, Long.MAX_VALUE),
          stacks,
          ThreadLabels.NONE,
          Ticker.system());

  @Test
  void snapshot_equalStacks_areOneRowEachTime() {
    add(new Thread(() -> {}), APPLICATION);
    add(new Thread(() -> {}), APPLICATION);

    for (int i = 0; i < 2; i++) {
      assertThat(profile.snapshot().rows()).extracting(Row::values).containsExactly(List.of(2L));
    }
    profile.forEachStack(
        stack -> assertThat(stack.locations().get(1).function().name()).contains("Worker"));
  }

  @Test
  void snapshot_noStack_isLeftOutUnlessTheJdkKnowsTheThread() {
    add(new Thread(() -> {}), List.of());
    assertThat(profile.snapshot().rows()).isEmpty();

    add(Thread.currentThread(), List.of());
    assertThat(profile.snapshot().rows()).hasSize(1);
  }

  @Test
  void snapshot_threadOfAgent_isLeftOut() {
    add(agentThreads.create("test", () -> {}), APPLICATION);

    assertThat(profile.snapshot().rows()).isEmpty();
  }

  @Test
  void snapshot_systemThreads_areShownInApplicationsCodeOnly() {
    Set<Thread> system =
        Thread.getAllStackTraces().keySet().stream()
            .filter(JavaThreads::isSystem)
            .limit(2)
            .collect(Collectors.toSet());
    assertThat(system).hasSize(2);
    List<List<Frame>> stacksOfSystem = new ArrayList<>(List.of(JDK, APPLICATION));
    system.forEach(thread -> add(thread, stacksOfSystem.remove(0)));

    assertThat(profile.snapshot().rows())
        .singleElement()
        .satisfies(row -> assertThat(row.stack()).isEqualTo(stacks.intern(APPLICATION)));
  }

  private void add(Thread thread, List<Frame> stack) {
    threads.add(thread);
    frames.add(stack);
  }

  private static Frame frame(String className, String method) {
    return new Frame(Function.java(className, method), 1);
  }
}
