package org.jvmpprof.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.stack.Function;

class ProfilerControlTest {
  @TempDir Path directory;

  private final FakeProfiler profiler = new FakeProfiler();
  private final ProfilerControl control = new ProfilerControl(profiler);

  @AfterEach
  void forget() {
    System.clearProperty("jvmpprof.version");
    System.clearProperty("jvmpprof.running.dir");
  }

  @Test
  void dump_profile_writesItAsOfNow() throws Exception {
    profiler.blocked(Function.named("lock"), 5);
    Path file = directory.resolve("block.pb.gz");

    control.dump("block", file.toString());

    assertThat(Decoded.of(Files.readAllBytes(file)).leaves())
        .containsExactly(Map.entry("lock", 5L));
  }

  @Test
  void dump_fileExists_leavesItAsItIs() throws Exception {
    Path file = Files.writeString(directory.resolve("precious"), "text");

    assertThatThrownBy(() -> control.dump("block", file.toString()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> control.startCpuProfile(file.toString()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("text");
  }

  @Test
  void dump_unknownProfile_writesNothing() {
    Path file = directory.resolve("nonsense.pb.gz");

    assertThatThrownBy(() -> control.dump("nonsense", file.toString()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void stopCpuProfile_started_writesTheFileOfTheStart() throws Exception {
    Path file = directory.resolve("cpu.pb.gz");

    control.startCpuProfile(file.toString());
    control.stopCpuProfile();
    control.stopCpuProfile();

    assertThat(Decoded.of(Files.readAllBytes(file)).leaves())
        .containsExactly(Map.entry("busy", 1L));
  }

  @Test
  void startCpuProfile_twice_secondLeavesNoFile() throws Exception {
    Path second = directory.resolve("second.pb.gz");
    control.startCpuProfile(directory.resolve("first.pb.gz").toString());

    assertThatThrownBy(() -> control.startCpuProfile(second.toString()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cpu profiling already in use");
    assertThat(second).doesNotExist();
  }

  @Test
  void startCpuProfile_applicationCollectsToo_doesNotDisturbIt() throws Exception {
    ApiCalls application = new ApiCalls(profiler, profiler.custom);
    application.apply("startCpuProfile", new Object[] {System.out});

    control.startCpuProfile(directory.resolve("cpu.pb.gz").toString());

    assertThat(profiler.openCollections).isEqualTo(2);
  }

  @Test
  void status_runningAgent_saysWhatIsOn() throws Exception {
    System.setProperty("jvmpprof.version", "1.0");
    System.setProperty("jvmpprof.running.dir", "/profiles");
    profiler.blocked(Function.LOST_EVENT, 7);
    profiler.blocked(Function.named("lock"), 1);
    profiler.awaitEvents();

    assertThat(control.getStatus())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "version", "1.0",
                "dir", "/profiles",
                "block", "10000 ns and longer",
                "mutex", "one in 10",
                "heap", "off",
                "lost in block", "7"));
  }

  @Test
  void register_mBeanServerIsThere_canBeUsedThroughIt() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("org.jvmpprof:type=Profiler");
    Thread registering = new Thread(() -> JmxRegistration.run(control, log()));
    registering.start();
    try {
      await().until(() -> server.isRegistered(name));

      ProfilerMXBean bean = JMX.newMXBeanProxy(server, name, ProfilerMXBean.class);
      assertThat(bean.getProfiles()).containsExactly("block");
      assertThat(bean.getStatus()).containsEntry("mutex", "one in 10");
      bean.setBlockNanos(1);
      bean.setMutexFraction(1);
      bean.setHeapBytes(1);
      assertThat(bean.getBlockNanos() + bean.getMutexFraction() + bean.getHeapBytes()).isEqualTo(3);
      bean.dump("block", directory.resolve("block.pb.gz").toString());
      assertThat(directory.resolve("block.pb.gz")).isNotEmptyFile();
    } finally {
      registering.join();
      server.unregisterMBean(name);
    }
  }

  private static AgentLog log() {
    return new AgentLog(System.err, AgentLog.Level.ERROR);
  }
}
