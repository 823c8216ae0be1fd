package org.jvmpprof.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.cpu.CpuSampling;
import org.jvmpprof.agent.cpu.CpuSink;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Sample;
import org.jvmpprof.agent.profile.Windows;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackTable;

class CpuWindowTest {
  private final Stack stack =
      new StackTable(10, 10).intern(List.of(new Frame(Function.named("f"), 1)));
  private final AtomicLong now = new AtomicLong(100);
  private final Windows windows = new Windows(ProfileType.CPU, 10);

  @Test
  void finish_samplesThatArriveLast_areInIt() throws Exception {
    CpuWindow window =
        new CpuWindow(windows, sampling(), () -> List.of(150L, 250L).forEach(this::add), now::get);
    add(99);
    now.set(200);
    assertThat(window.finish().rows())
        .containsExactly(new Row(stack, Labels.NONE, List.of(1L, 10L)));
    windows.forEachStack(held -> assertThat(held).as("held").isNull());
  }

  @Test
  void close_unfinished_holdsNothing() {
    CpuWindow window = new CpuWindow(windows, sampling(), () -> {}, now::get);
    add(150);
    window.close();
    windows.forEachStack(held -> assertThat(held).as("held").isNull());
  }

  private void add(long epochNanos) {
    windows.add(new Sample(epochNanos, stack, Labels.NONE, 1, 10));
  }

  private CpuSampling sampling() {
    CpuSink none =
        new CpuSink() {
          @Override
          public void sample(long epochNanos, long threadId, List<Frame> frames, long samples) {}

          @Override
          public void lost(long samples) {}
        };
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new CpuSampling(List.of(), none, now::get, new AgentLog(out, AgentLog.Level.OFF));
  }
}
