package org.jvmpprof.agent.trace;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.text.ParseException;
import java.util.function.Consumer;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.control.TraceRecorder;

/** One recording of Flight Recorder, which keeps it in files of its own until it is closed. */
final class FlightRecording implements TraceRecorder.Recording {
  private final Recording recording;
  private final Consumer<FlightRecording> atEnd;
  private volatile @Nullable String trouble;

  private FlightRecording(Recording recording, Consumer<FlightRecording> atEnd) {
    this.recording = recording;
    this.atEnd = atEnd;
  }

  /**
   * Starts one.
   *
   * @param atEnd called when it is over, however that came
   */
  static FlightRecording start(Consumer<FlightRecording> atEnd) throws IOException {
    try {
      Recording recording = new Recording(Configuration.getConfiguration("profile"));
      recording.setName("jvm-pprof trace");
      recording.start();
      return new FlightRecording(recording, atEnd);
    } catch (ParseException | IllegalStateException | SecurityException e) {
      throw new IOException("Flight Recorder does not record: " + e.getMessage(), e);
    }
  }

  @Override
  public InputStream finish() throws IOException {
    try {
      recording.stop();
      InputStream chunks = recording.getStream(null, null);
      if (chunks == null) {
        throw new IOException("Flight Recorder has recorded nothing");
      }
      return closingAllWith(chunks);
    } catch (IllegalStateException e) {
      // It was ended before, by us or by whoever else manages the recordings of this JVM.
      String known = trouble;
      throw new IOException("given up: " + (known == null ? e.getMessage() : known), e);
    }
  }

  private InputStream closingAllWith(InputStream chunks) {
    return new FilterInputStream(chunks) {
      @Override
      public void close() throws IOException {
        try {
          super.close();
        } finally {
          FlightRecording.this.close();
        }
      }
    };
  }

  @Override
  public void close() {
    recording.close();
    atEnd.accept(this);
  }

  /** Ends it now; {@link #finish} will say why. */
  void giveUp(String reason) {
    trouble = reason;
    close();
  }
}
