package org.jvmpprof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.StackWalker.StackFrame;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private final Profile profile = new Profile("connections");
  private final Object value = new Object();
  private StandInAgent agent;

  @BeforeEach
  void begin() {
    agent = StandInAgent.serving();
  }

  @AfterEach
  void end() {
    StandInAgent.end();
  }

  @Test
  void add_skip0_stackBeginsWithTheCaller() {
    open(0);

    assertThat(agent.calls().get(0)).startsWith("add", "connections", value);
    assertThat(addedStack())
        .extracting(StackFrame::getMethodName)
        .startsWith("open", "add_skip0_stackBeginsWithTheCaller");
    assertThat(addedStack().get(0).getClassName()).isEqualTo(ProfileTest.class.getName());
  }

  @Test
  void add_skip1_stackBeginsWithTheCallersCaller() {
    open(1);

    assertThat(addedStack())
        .extracting(StackFrame::getMethodName)
        .startsWith("add_skip1_stackBeginsWithTheCallersCaller");
  }

  @Test
  void add_deepStack_keepsTheLeafSide() {
    recurse(100);

    assertThat(addedStack())
        .hasSize(32)
        .extracting(StackFrame::getMethodName)
        .startsWith("open", "recurse")
        .endsWith("recurse");
  }

  @Test
  void add_skipMoreThanThereIs_stackIsEmpty() {
    open(Integer.MAX_VALUE);

    assertThat(addedStack()).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // The point of it.
  void add_negativeSkipOrNull_throws() {
    assertThatThrownBy(() -> open(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> profile.add(null, 0)).isInstanceOf(NullPointerException.class);
    assertThat(agent.calls()).isEmpty();
  }

  @Test
  void add_builtInProfile_throwsWhatTheAgentSays() {
    agent.answering("add", new IllegalArgumentException("built-in"));

    assertThatThrownBy(() -> open(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("built-in");
  }

  @Test
  void remove_value_reachesTheAgent() {
    profile.remove(value);

    assertThat(agent.calls()).containsExactly(List.of("remove", "connections", value));
  }

  @Test
  void count_profile_isWhatTheAgentSays() {
    agent.answering("count", 3);

    assertThat(profile.count()).isEqualTo(3);
  }

  @Test
  void writeTo_profile_writesWhatTheAgentGives() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    agent.answering("write", new byte[] {1, 2});

    profile.writeTo(out, 1);

    assertThat(out.toByteArray()).containsExactly(1, 2);
    assertThat(agent.calls()).containsExactly(List.of("write", "connections", 1));
  }

  /** Go's TestWriteToErr. */
  @Test
  void writeTo_streamFails_throwsWhatItThrew() {
    FailingStream stream = new FailingStream();
    agent.answering("write", new byte[] {1});

    for (int debug = 0; debug <= 2; debug++) {
      int form = debug;
      assertThatThrownBy(() -> profile.writeTo(stream, form)).isSameAs(stream.failure);
    }
  }

  @Test
  void equals_sameName_isTheSameProfile() {
    assertThat(profile)
        .isEqualTo(new Profile("connections"))
        .hasSameHashCodeAs(new Profile("connections"))
        .isNotEqualTo(new Profile("files"))
        .hasToString("Profile connections");
  }

  private void open(int skip) {
    profile.add(value, skip);
  }

  private void recurse(int depth) {
    if (depth > 0) {
      recurse(depth - 1);
    } else {
      open(0);
    }
  }

  @SuppressWarnings("unchecked")
  private List<StackFrame> addedStack() {
    return (List<StackFrame>) agent.calls().get(0).get(3);
  }
}
