package org.jvmpprof.agent.trace;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.text.ParseException;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jvmpprof.agent.jvm.JfrDisk;

/** One recording of Flight Recorder, which keeps it in files of its own until it is closed. */
final class FlightRecording {
  private static final long LOOK_MILLIS = 100;

  private FlightRecording() {}

  static void record(double seconds, OutputStream out) throws IOException, InterruptedException {
    File repository = JfrDisk.repository();
    if (!JfrDisk.mayBegin(repository)) {
      throw new IOException("Flight Recorder needs more room than there is in " + repository);
    }
    try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
      recording.setName("jvm-pprof trace");
      recording.start();
      await(seconds);
      recording.stop();
      copy(recording, out);
    } catch (ParseException | IllegalStateException | SecurityException e) {
      throw new IOException("Flight Recorder does not record: " + e.getMessage(), e);
    }
  }

  private static void await(double seconds) throws IOException, InterruptedException {
    long endNanos = System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
    while (millis > 0) {
      Thread.sleep(Math.min(millis, LOOK_MILLIS));
      if (!JfrDisk.mayGoOn(JfrDisk.repository())) {
        throw new IOException("given up: too little room in " + JfrDisk.repository());
      }
      millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
    }
  }

  private static void copy(Recording recording, OutputStream out) throws IOException {
    try (InputStream chunks = recording.getStream(null, null)) {
      if (chunks == null) {
        throw new IOException("Flight Recorder has recorded nothing");
      }
      chunks.transferTo(out);
    }
  }
}
