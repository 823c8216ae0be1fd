package org.jvmpprof.cli;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Does what the agent promises the command: sets its properties, or what its options ask for. */
final class StandInAgent {
  static final String VERSION = "1.2-test";

  private StandInAgent() {}

  public static void agentmain(@Nullable String options) throws InterruptedException {
    String given = String.valueOf(options);
    if (given.contains("throw")) {
      throw new IllegalStateException("as asked for");
    }
    if (given.contains("hang")) {
      new CountDownLatch(1).await();
    }
    System.setProperty("standin.options", given);
    if (!given.contains("silent")) {
      System.setProperty("jvmpprof.version", VERSION);
      System.setProperty("jvmpprof.running.dir", Path.of("pprof").toAbsolutePath().toString());
      System.setProperty("jvmpprof.running.http", "127.0.0.1:6060");
      System.setProperty("jvmpprof.running.cpu", "none: only for tests");
      System.setProperty("jvmpprof.running.contention", "synchronized: bytecode");
      System.setProperty("jvmpprof.running.heap", "524288 bytes");
    }
  }
}
