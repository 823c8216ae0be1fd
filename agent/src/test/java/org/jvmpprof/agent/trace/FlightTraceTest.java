package org.jvmpprof.agent.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
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
import org.jvmpprof.agent.control.TraceRecorder;

class FlightTraceTest {
  private final FlightTrace trace = new FlightTrace();

  @TempDir Path scratch;

  @Test
  void finish_running_writesARecordingWithTheSettingsCalledProfile() throws Exception {
    List<RecordedEvent> events = events(record());

    // The settings called default sample half as often.
    assertThat(events)
        .filteredOn(event -> event.getEventType().getName().equals("jdk.ActiveSetting"))
        .extracting(event -> event.getString("name") + '=' + event.getString("value"))
        .contains("period=10 ms");
    assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
  }

  @Test
  void finish_severalBesideOneOfTheApplication_eachIsComplete() throws Exception {
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
  void finish_clientHasGone_throwsAndLeavesNothing() throws Exception {
    trace.start().finish().close();

    assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
  }

  @Test
  void close_running_leavesNothing() throws Exception {
    trace.start().close();

    assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
  }

  @Test
  void poll_diskIsFilling_givesUpAndSaysWhy() throws Exception {
    Path nowhere = scratch.resolve("no/such/directory");
    TraceRecorder.Recording recording = trace.start();
    trace.poll();
    assertThat(FlightRecorder.getFlightRecorder().getRecordings()).hasSize(1);
    String repository = System.setProperty("jdk.jfr.repository", nowhere.toString());
    try {
      trace.poll();
      assertThatThrownBy(trace::start).hasMessageContaining("needs more room than there is in");
    } finally {
      System.setProperty("jdk.jfr.repository", repository);
    }

    assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
    assertThatThrownBy(() -> recording.finish())
        .isInstanceOf(IOException.class)
        .hasMessage("given up: too little room in " + nowhere);
  }

  private byte[] record() throws IOException {
    try (InputStream recording = trace.start().finish()) {
      return recording.readAllBytes();
    }
  }

  private Set<String> eventTypes(byte[] recording) throws IOException {
    return events(recording).stream()
        .map(event -> event.getEventType().getName())
        .collect(Collectors.toSet());
  }

  private List<RecordedEvent> events(byte[] recording) throws IOException {
    Path file = Files.createTempFile(scratch, "trace", ".jfr");
    Files.write(file, recording);
    return RecordingFile.readAllEvents(file);
  }
}
