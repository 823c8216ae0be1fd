package org.jvmpprof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmStateTest {
  @ParameterizedTest
  @CsvSource({"1.8,8", "11,11", "17,17", "25,25"})
  void of_javaVersion_isItsFeatureNumber(String property, int version) {
    assertThat(state("java.specification.version", property).javaVersion()).isEqualTo(version);
  }

  @ParameterizedTest
  @CsvSource({"org.example.Main a b,org.example.Main", "/opt/app.jar --x,/opt/app.jar", "'',?"})
  void of_command_losesItsArguments(String property, String mainClass) {
    assertThat(state("sun.java.command", property).mainClass()).isEqualTo(mainClass);
  }

  @Test
  void of_agent_hasVersionDirectoryAndEngine() {
    assertThat(state("jvmpprof.version", "1.0").agentVersion()).contains("1.0");
    assertThat(state("jvmpprof.running.dir", "/d").directory()).contains("/d");
    assertThat(state("jvmpprof.running.http", "[::1]:6060").http())
        .contains("http://[::1]:6060/debug/pprof/");
    assertThat(state("jvmpprof.running.cpu", "jfr").cpu()).contains("jfr");
    assertThat(state("jvmpprof.running.contention", "synchronized: jfr").contention())
        .contains("synchronized: jfr");
    assertThat(state("jvmpprof.running.heap", "524288 bytes").heap()).contains("524288 bytes");
    Optional<String> none = Optional.empty();
    assertThat(JvmState.of(new Properties()))
        .isEqualTo(new JvmState("?", 0, none, none, none, none, none, none));
  }

  private static JvmState state(String key, String value) {
    Properties properties = new Properties();
    properties.setProperty(key, value);
    return JvmState.of(properties);
  }
}
