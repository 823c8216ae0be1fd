package org.jvmpprof.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.options.AgentOptions.CpuEngine;
import org.jvmpprof.agent.options.AgentOptions.MonitorEvents;

@NullMarked
class OptionsParserTest {
  private static final AgentOptions DEFAULTS =
      new AgentOptions(
          Path.of("pprof").toAbsolutePath(),
          100,
          Duration.ofNanos(10_000),
          10,
          512 * 1024,
          true,
          null,
          null,
          Duration.ofSeconds(60),
          Duration.ofHours(24),
          1024 * 1024 * 1024,
          CpuEngine.AUTO,
          List.of(),
          List.of(),
          List.of(),
          MonitorEvents.AUTO,
          AgentLog.Level.INFO);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpu=abc|cpu=abc: not a number; allowed: 0 (off) to 1000 samples per second of CPU time",
        "cpu|cpu: no \"=\"; allowed: 0 (off) to 1000 samples per second of CPU time",
        "mutex=-1|mutex=-1: not a number; allowed: 0 (off) to 1000000",
        "mutex=1000001|mutex=1000001: out of range; allowed: 0 (off) to 1000000",
        "mutex=1,mutex=2|mutex=2: given twice; allowed: once, 0 (off) to 1000000",
        "rotate=60|rotate=60: no unit; allowed: a duration from 1s to 365d:"
            + " a number with ns, us, ms, s, m, h or d",
        "max-size=1t|max-size=1t: not a size; allowed: a size from 1m to 1024g:"
            + " bytes, or a number with k, m or g",
        "http=:6060|http=:6060: not an address; allowed: off, PORT, HOST:PORT or [IPV6]:PORT"
            + " with a port from 0 (any that is free) to 65535",
        "log=warn|log=warn: unknown value; allowed: off, error, info or debug",
        "include=a.*|include=a.*: not a class name prefix;"
            + " allowed: class name prefixes joined with \":\"; empty for all",
        "rotat=1s|rotat=1s: unknown key, did you mean \"rotate\"?; allowed: dir, cpu, block, mutex,"
            + " heap, heap-classes, http, token-file, rotate, keep, max-size, cpu-engine, include, exclude, idle, monitor-events, log",
        "x=1|x=1: unknown key; allowed: dir, cpu, block, mutex,"
            + " heap, heap-classes, http, token-file, rotate, keep, max-size, cpu-engine, include, exclude, idle, monitor-events, log",
      })
  void parse_wrongOption_saysWhatIsAllowed(String argument, String line) {
    ParsedOptions parsed = OptionsParser.parse(argument, new Properties(), null);

    assertThat(parsed.problems()).containsExactly(line);
    assertThat(parsed.options()).isEqualTo(DEFAULTS);
    assertThat(parsed.given()).isEmpty();
  }

  @Test
  void parse_pathWithNul_isAProblemOnOneLine() {
    ParsedOptions parsed = OptionsParser.parse("dir=a\0b\nc", new Properties(), null);

    assertThat(parsed.problems())
        .containsExactly(
            "dir=a\\u0000b\\u000ac: not a path of this system (Nul character not allowed);"
                + " allowed: a path; empty for no files");
    assertThat(parsed.options()).isEqualTo(DEFAULTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "rotate", "heap", "http", "log", "include", "no-such-key"})
  void parse_valueWithLineBreaks_isAProblemOnOneLine(String key) {
    ParsedOptions parsed = OptionsParser.parse(key + "=a\r\n\u2028b", new Properties(), null);

    assertThat(parsed.problems())
        .singleElement()
        .asString()
        .startsWith(key + "=a\\u000d\\u000a\\u2028b: ")
        .doesNotContainPattern("\\R");
  }

  @Test
  void parse_longValue_isShownInPart() {
    String problem =
        OptionsParser.parse("cpu=" + "x".repeat(5000), new Properties(), null).problems().get(0);

    assertThat(problem).startsWith("cpu=xxx").contains("x...: not a number").hasSizeLessThan(300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu=", "http=", "http=[", "include=", "dir=", "rotate=", "", ","})
  void parse_hugeText_doesNotThrow(String start) {
    for (String piece : List.of("1", "a.", "a:", "a,", "\\", "=")) {
      String text = start + piece.repeat(20_000);

      assertThat(OptionsParser.parse(text, new Properties(), text).options()).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CPU,cpu",
    "cpuu,cpu",
    "max_size,max-size",
    "maxsize,max-size",
    "tokenfile,token-file",
    "cpu-engin,cpu-engine",
    "exlcude,exclude",
    "httpp,http"
  })
  void parse_keyWithFewTypingErrors_namesTheNearest(String typed, String nearest) {
    assertThat(OptionsParser.parse(typed + "=1", new Properties(), null).problems())
        .singleElement()
        .asString()
        .contains("unknown key, did you mean \"" + nearest + "\"?;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "rate", "interval", "maximum-size-of-files-together"})
  void parse_keyLikeNoOther_namesNone(String typed) {
    assertThat(OptionsParser.parse(typed + "=1", new Properties(), null).problems())
        .singleElement()
        .asString()
        .startsWith(typed + "=1: unknown key; allowed: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", " , ,"})
  void parse_nothingGiven_isAllDefaults(String text) {
    ParsedOptions parsed = OptionsParser.parse(text, new Properties(), text);

    assertThat(parsed.options()).isEqualTo(DEFAULTS);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.given()).isEmpty();
  }

  @Test
  void parse_noTexts_isAllDefaults() {
    assertThat(OptionsParser.parse(null, new Properties(), null).options()).isEqualTo(DEFAULTS);
  }

  @Test
  void parse_whiteSpace_isIgnoredAroundKeysAndValues() {
    ParsedOptions parsed =
        OptionsParser.parse(" cpu = 50 ,\trotate= 2s , dir = a b ", new Properties(), null);

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.options().cpuHz()).isEqualTo(50);
    assertThat(parsed.options().rotate()).isEqualTo(Duration.ofSeconds(2));
    assertThat(parsed.options().dir()).isEqualTo(Path.of("a b").toAbsolutePath());
  }

  @Test
  void parse_escapedComma_belongsToTheValue() {
    ParsedOptions parsed = OptionsParser.parse("dir=/a\\,b\\c,cpu=50", new Properties(), null);

    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.options().dir()).isEqualTo(Path.of("/a,b\\c").toAbsolutePath());
    assertThat(parsed.options().cpuHz()).isEqualTo(50);
  }

  @Test
  void parse_twoMistakes_givesTwoLinesAndKeepsTheRest() {
    ParsedOptions parsed = OptionsParser.parse("cpu=x,keep=2h,rotate=y", new Properties(), null);

    assertThat(parsed.problems()).hasSize(2);
    assertThat(parsed.options().keep()).isEqualTo(Duration.ofHours(2));
    assertThat(parsed.given()).containsExactly("keep");
  }

  @Test
  void parse_httpWithoutDir_writesNoFiles() {
    assertThat(OptionsParser.parse("http=6060", new Properties(), null).options().dir()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http=6060,dir=pprof", "http=off", "http=wrong"})
  void parse_httpWithDirOrOff_writesFiles(String argument) {
    assertThat(OptionsParser.parse(argument, new Properties(), null).options().dir())
        .isEqualTo(Path.of("pprof").toAbsolutePath());
  }

  @Test
  void parse_keepShorterThanRotate_countsAsRotate() {
    assertThat(OptionsParser.parse("rotate=2d", new Properties(), null).options().keep())
        .isEqualTo(Duration.ofDays(2));
  }
}
