package org.jvmpprof.agent.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.stack.Function;

class ApiCallsTest {
  private final FakeProfiler profiler = new FakeProfiler();
  private final ApiCalls calls = new ApiCalls(profiler, profiler.custom);
  private final OutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  /** Go: StartCPUProfile twice. */
  @Test
  void startCpuProfile_twice_secondIsRefusedAndFirstGoesOn() throws Exception {
    call("startCpuProfile", out);

    assertThatThrownBy(() -> call("startCpuProfile", new ByteArrayOutputStream()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cpu profiling already in use");

    Entry<?, ?> profile = (Entry<?, ?>) call("stopCpuProfile");
    assertThat(profile.getKey()).isSameAs(out);
    assertThat(Decoded.of(profile.getValue()).leaves()).containsExactly(Map.entry("busy", 1L));
    assertThat(Decoded.of(profile.getValue()).application()).isEqualTo("app.jar");
    assertThat(profiler.openCollections).isZero();
  }

  @Test
  void startCpuProfile_cpuIsOff_isRefused() {
    profiler.cpuOff = true;

    assertThatThrownBy(() -> call("startCpuProfile", out))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cpu=0");
  }

  /** Go: StopCPUProfile without a start is a silent no-op. */
  @Test
  void stopCpuProfile_notStarted_givesNothing() {
    assertThat(call("stopCpuProfile")).isNull();
    call("startCpuProfile", out);
    call("stopCpuProfile");
    assertThat(call("stopCpuProfile")).isNull();
  }

  @Test
  void stopCpuProfile_interruptedBefore_givesTheProfileAndKeepsTheInterrupt() {
    call("startCpuProfile", out);
    Thread.currentThread().interrupt();

    assertThat(call("stopCpuProfile")).isNotNull();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void stopCpuProfile_interruptedMeanwhile_isFreeForTheNext() {
    profiler.interruptsFinish = true;
    call("startCpuProfile", out);

    assertThatThrownBy(() -> call("stopCpuProfile"))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(profiler.openCollections).isZero();
    call("startCpuProfile", out);
  }

  @Test
  void profiles_builtInAndCustom_areSortedByName() {
    call("newProfile", "zebras");
    call("newProfile", "aardvarks");

    assertThat(call("profiles")).isEqualTo(List.of("aardvarks", "block", "zebras"));
  }

  @Test
  void newProfile_badName_throwsInGosWords() {
    call("newProfile", "connections");

    assertRefused("pprof: NewProfile with empty name", "newProfile", "");
    assertRefused("pprof: NewProfile name already in use: block", "newProfile", "block");
    assertRefused(
        "pprof: NewProfile name already in use: connections", "newProfile", "connections");
  }

  @Test
  void newProfile_builtInThatIsOff_isInUse() {
    assertThat(call("profiles")).isEqualTo(List.of("block"));

    for (ProfileType type : ProfileType.BUILT_IN) {
      assertRefused(
          "pprof: NewProfile name already in use: " + type.name(), "newProfile", type.name());
    }
  }

  @Test
  void write_customProfile_hasARowPerStack() throws Exception {
    call("newProfile", "connections");
    for (int i = 0; i < 3; i++) {
      call("add", "connections", i, here());
    }
    call("add", "connections", "other", elsewhere());

    Decoded profile = Decoded.of(call("write", "connections", 0));

    assertThat(profile.type()).isEqualTo("connections/count");
    String test = ApiCallsTest.class.getName();
    assertThat(profile.leaves())
        .containsExactly(Map.entry(test + ".elsewhere", 1L), Map.entry(test + ".here", 3L));
    assertThat(call("count", "connections")).isEqualTo(4);
  }

  /** Go's TestEmptyCallStack. */
  @Test
  void write_valueWithoutStack_showsItAsLost() {
    call("newProfile", "nowhere");
    call("add", "nowhere", "foo", List.of());

    assertThat(new String((byte[]) call("write", "nowhere", 1), UTF_8))
        .startsWith("nowhere profile: total 1\n")
        .contains("jvmpprof.lostProfileEvent");
  }

  @Test
  void add_builtInOrDuplicate_throwsInGosWords() {
    call("newProfile", "connections");
    call("add", "connections", "a", here());

    assertRefused("pprof: Add called on built-in Profile block", "add", "block", "a", here());
    assertRefused(
        "pprof: Profile.Add of duplicate value", "add", "connections", new String("a"), here());
    assertThat(call("count", "connections")).isEqualTo(1);
  }

  @Test
  void remove_knownAndUnknownValue_leavesTheOthers() {
    call("newProfile", "connections");
    call("add", "connections", "a", here());
    call("add", "connections", "b", here());

    call("remove", "connections", "a");
    call("remove", "connections", "never added");
    call("remove", "block", "a");

    assertThat(call("count", "connections")).isEqualTo(1);
    call("add", "connections", "a", here());
  }

  @Test
  void write_eventsOnTheirWay_areInIt() throws Exception {
    profiler.blocked(Function.named("lock"), 5);

    assertThat(Decoded.of(call("write", "block", 0)).leaves())
        .containsExactly(Map.entry("lock", 5L));
    assertThat(call("count", "block")).as("rows").isEqualTo(1);
  }

  @Test
  void write_interrupted_writesWhatIsThereAndKeepsTheInterrupt() throws Exception {
    profiler.blocked(Function.named("lock"), 5);
    Thread.currentThread().interrupt();

    assertThat(Decoded.of(call("write", "block", 0)).leaves()).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void write_unknownProfile_namesThoseThereAre() {
    assertRefused("no profile nonsense in [block]", "write", "nonsense", 0);
  }

  @Test
  void forEachStack_customProfiles_namesThoseThatAreHeld() {
    call("newProfile", "connections");
    call("add", "connections", "a", here());
    call("add", "connections", "b", elsewhere());
    call("remove", "connections", "b");

    List<String> leaves = new ArrayList<>();
    profiler.custom.forEachStack(stack -> leaves.add(stack.locations().get(0).function().name()));

    assertThat(leaves).containsExactly(ApiCallsTest.class.getName() + ".here");
  }

  @Test
  void rates_set_areInForce() {
    call("setBlockProfileRate", 1L);
    call("setMemProfileRate", 4096L);
    assertThat(call("setMutexProfileFraction", 5)).isEqualTo(10);
    assertThat(call("setMutexProfileFraction", -1)).isEqualTo(5);

    assertThat(profiler.blockNanos()).isEqualTo(1);
    assertThat(profiler.heapBytes()).isEqualTo(4096);
    assertThat(profiler.mutexFraction()).isEqualTo(5);
  }

  @Test
  void apply_unknownCall_saysThatTheApiIsNewer() {
    assertThatThrownBy(() -> call("tomorrow"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("tomorrow");
  }

  @SuppressWarnings("NullAway") // Tests that want no result look for null.
  private Object call(String name, Object... arguments) {
    return calls.apply(name, arguments);
  }

  private void assertRefused(String message, String name, Object... arguments) {
    assertThatThrownBy(() -> call(name, arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static List<StackFrame> here() {
    return StackWalker.getInstance().walk(frames -> frames.limit(32).toList());
  }

  private static List<StackFrame> elsewhere() {
    return StackWalker.getInstance().walk(frames -> frames.limit(32).toList());
  }
}
