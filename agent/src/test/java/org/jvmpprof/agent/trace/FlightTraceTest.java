package org.jvmpprof.agent.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightTraceTest {
  private final FlightTrace trace = new FlightTrace();

  @TempDir Path scratch;

  @Test
  void record_halfASecond_isARecordingWithTheSettingsCalledProfile() throws Exception {
    Set<String> types = eventTypes(record());

    assertThat(types).contains("jdk.JVMInformation", "jdk.CPULoad");
    assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
  }

  @Test
  void record_severalBesideOneOfTheApplication_eachIsComplete() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(3);
    try (Recording applications = new Recording()) {
      applications.enable("jdk.ThreadSleep");
      applications.start();
      List<Future<byte[]>> answers = new ArrayList<>();
      Callable<byte[]> client = this::record;
      for (int i = 0; i < 3; i++) {
        answers.add(clients.submit(client));
      }
      for (Future<byte[]> answer : answers) {
        assertThat(eventTypes(answer.get())).contains("jdk.JVMInformation");
      }
      assertThat(FlightRecorder.getFlightRecorder().getRecordings()).containsExactly(applications);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void record_clientHasGone_throwsAndLeavesNothing() {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("gone");
          }
        };

    assertThatThrownBy(() -> trace.record(0.1, gone)).hasMessage("gone");
    assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
  }

  @Test
  void record_interrupted_leavesNothing() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> trace.record(60, OutputStream.nullOutputStream()))
        .isInstanceOf(InterruptedException.class);
    assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
  }

  private byte[] record() throws IOException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    trace.record(0.5, out);
    return out.toByteArray();
  }

  private Set<String> eventTypes(byte[] recording) throws IOException {
    Path file = Files.createTempFile(scratch, "trace", ".jfr");
    Files.write(file, recording);
    return RecordingFile.readAllEvents(file).stream()
        .map(RecordedEvent::getEventType)
        .map(type -> type.getName())
        .collect(Collectors.toSet());
  }
}
