package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jvmpprof.it.ProfileAssert.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.consumer.RecordingFile;
import org.jvmpprof.it.programs.JfrProgram;

class JfrCoexistenceIT {
  private static final String PROGRAM = JfrProgram.class.getName().replace(".", "\\.");

  @OnEachJdk
  void recording_startedByJvmFlag_isComplete(Java java) throws IOException {
    Path file = java.directory().resolve("flag.jfr");
    String flag = "-XX:StartFlightRecording=settings=default,filename=" + file;

    bothAreComplete(program(java, "never", file).flags(flag).run(), file);
  }

  @OnEachJdk
  void recording_startedWhileAgentComesUp_isComplete(Java java) throws IOException {
    Path file = java.directory().resolve("atOnce.jfr");

    bothAreComplete(program(java, "atOnce", file).run(), file);
  }

  @OnEachJdk
  void recording_startedAfterAgentIsUp_isComplete(Java java) throws IOException {
    Path file = java.directory().resolve("later.jfr");

    bothAreComplete(program(java, "later", file).run(), file);
  }

  private static Program program(Java java, String when, Path file) {
    return java.program(JfrProgram.class).agent().args(when, file.toString());
  }

  private static void bothAreComplete(ChildJvm program, Path recording) throws IOException {
    long ticks =
        RecordingFile.readAllEvents(recording).stream()
            .filter(event -> event.getEventType().getName().equals("it.Tick"))
            .count();
    assertThat(ticks).isEqualTo(program.value("ticks"));
    assertThat(program.profile()).isValid();
    assertThat(program.profile().under(PROGRAM + "\\.tick"))
        .hasTotalNanosOfAtLeast(program.value("tickNanos") / 10 * 9);
    assertThat(program.profile().under(PROGRAM + "\\.afterwards"))
        .hasTotalNanosOfAtLeast(program.value("afterwardsNanos") / 10 * 9);
  }
}
