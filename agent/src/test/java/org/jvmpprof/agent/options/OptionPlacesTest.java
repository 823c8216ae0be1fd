package org.jvmpprof.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Argument, system properties and environment together. */
@NullMarked
class OptionPlacesTest {
  @ParameterizedTest
  @CsvSource({
    "cpu=1, 2,     cpu=3, 1",
    "     , 2,     cpu=3, 2",
    "     ,  ,     cpu=3, 3",
    "cpu=1,  ,     cpu=3, 1",
    "cpu=x, 2,     cpu=3, 2",
    "cpu=x, 2000,  cpu=3, 3",
    "cpu=x, 2000,  cpu=y, 100",
    "cpu  , ' 2 ', cpu=3, 2",
    "'cpu=0,cpu=1', 2, ,  2",
    "log=off, ,    keep=1d, 100"
  })
  void parse_placesDiffer_firstRightOneWins(
      @Nullable String argument,
      @Nullable String property,
      @Nullable String environment,
      int wanted) {
    Properties properties = new Properties();
    if (property != null) {
      properties.setProperty("jvmpprof.cpu", property);
    }

    assertThat(OptionsParser.parse(argument, properties, environment).options().cpuHz())
        .isEqualTo(wanted);
  }

  @Test
  void parse_sameKeyInEachPlace_isNotGivenTwice() {
    ParsedOptions parsed = OptionsParser.parse("cpu=1", properties("jvmpprof.cpu", "2"), "cpu=3");

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.given()).containsExactly("cpu");
  }

  @Test
  void parse_emptyDirInArgument_winsOverEnvironment() {
    assertThat(OptionsParser.parse("dir=", new Properties(), "dir=x").options().dir()).isNull();
  }

  @Test
  void parse_mistakeInEachPlace_givesOneLineEachThatNamesThePlace() {
    String wrong = ": not a number; allowed: 0 (off) to 1000 samples per second of CPU time";

    ParsedOptions parsed = OptionsParser.parse("cpu=a", properties("jvmpprof.cpu", "b"), "cpu=c");

    assertThat(parsed.problems())
        .containsExactly(
            "cpu=a" + wrong, "jvmpprof.cpu=b" + wrong, "cpu=c (JVM_PPROF_OPTIONS)" + wrong);
  }

  @Test
  void parse_commaAndBackslashInProperty_areTakenAsTheyAre() {
    assertThat(
            OptionsParser.parse(null, properties("jvmpprof.dir", "/a,b\\,c"), null).options().dir())
        .isEqualTo(Path.of("/a,b\\,c").toAbsolutePath());
  }

  @Test
  void parse_propertyInDefaultsOfProperties_isRead() {
    Properties properties = new Properties(properties("jvmpprof.cpu", "7"));

    assertThat(OptionsParser.parse(null, properties, null).options().cpuHz()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jvmpprof.version",
        "jvmpprof.running.dir",
        "jvmpprof.test.agentJar",
        "jvmpprofcpu",
        "org.jvmpprof.cpu"
      })
  void parse_propertyThatIsNoOption_isIgnored(String name) {
    assertThat(OptionsParser.parse(null, properties(name, "x"), null).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvmpprof.", "jvmpprof.Cpu", "jvmpprof.running", "jvmpprof.cpu.hz"})
  void parse_propertyWithUnknownKey_givesOneLine(String name) {
    assertThat(OptionsParser.parse(null, properties(name, "x"), null).problems())
        .singleElement()
        .asString()
        .startsWith(name + "=x: unknown key")
        .contains("; allowed: dir, cpu, ");
  }

  @Test
  void parse_propertyThatIsNotText_isIgnored() {
    Properties properties = new Properties();
    properties.put("jvmpprof.cpu", 50);
    properties.put(50, "jvmpprof.cpu");

    ParsedOptions parsed = OptionsParser.parse(null, properties, null);

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.options().cpuHz()).isEqualTo(100);
  }

  private static Properties properties(String name, String value) {
    Properties properties = new Properties();
    properties.setProperty(name, value);
    return properties;
  }
}
