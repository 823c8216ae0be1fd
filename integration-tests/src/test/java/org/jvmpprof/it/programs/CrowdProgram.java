package org.jvmpprof.it.programs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jvmpprof.Labels;

/**
 * As many platform threads as the argument says, which wait in two methods: one in four in {@code
 * second}, with a label.
 */
public final class CrowdProgram {
  private static final int STACK_BYTES = 128 << 10;

  private static final CountDownLatch END = new CountDownLatch(1);

  private CrowdProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      if (i % 4 == 0) {
        Labels.of("in", "second").run(() -> threads.add(start(CrowdProgram::second)));
      } else {
        threads.add(start(CrowdProgram::first));
      }
    }
    threads.forEach(Threads::awaitWaiting);
    Handshake.await();
  }

  private static Thread start(Runnable body) {
    Thread thread = new Thread(null, body, "crowd", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void first() {
    await();
  }

  private static void second() {
    await();
  }

  private static void await() {
    try {
      END.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
