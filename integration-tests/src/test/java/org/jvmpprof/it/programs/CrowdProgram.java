package org.jvmpprof.it.programs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jvmpprof.Labels;

/**
 * As many platform threads as the argument says, which wait: one in four in {@code second}, with a
 * label, the others in {@code first}, but for a hundred in {@code moving}. When it is told to,
 * those go on to {@code third}.
 */
public final class CrowdProgram {
  private static final int STACK_BYTES = 128 << 10;

  private static final int MOVING = 100;

  private static final CountDownLatch MOVE = new CountDownLatch(1);
  private static final CountDownLatch MOVED = new CountDownLatch(MOVING);
  private static final CountDownLatch END = new CountDownLatch(1);

  private CrowdProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < MOVING; i++) {
      threads.add(start(CrowdProgram::moving));
    }
    for (int i = MOVING; i < Integer.parseInt(args[0]); i++) {
      if (i % 4 == 0) {
        Labels.of("in", "second").run(() -> threads.add(start(CrowdProgram::second)));
      } else {
        threads.add(start(CrowdProgram::first));
      }
    }
    threads.forEach(Threads::awaitWaiting);
    Handshake.await();
    MOVE.countDown();
    MOVED.await();
    threads.forEach(Threads::awaitWaiting);
    System.out.println("MOVED");
    Handshake.await();
  }

  private static Thread start(Runnable body) {
    Thread thread = new Thread(null, body, "crowd", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void first() {
    await(END);
  }

  private static void second() {
    await(END);
  }

  private static void moving() {
    await(MOVE);
    third();
  }

  private static void third() {
    MOVED.countDown();
    await(END);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
