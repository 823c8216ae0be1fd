package org.jvmpprof.it.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Every way to wait, many times each. Prints for each {@code NAME.class} the class whose {@code
 * block} waits, {@code NAME.count} and {@code NAME.nanos}: how often and how long altogether, by
 * the clock around it.
 */
public final class WaitsProgram {
  private static final int ROUNDS = 100;
  private static final long WAIT_MILLIS = 10;

  /** More of them would wait for cores rather than for each other. */
  private static final int AT_A_TIME = 6;

  private final Wait wait;
  private final boolean virtual;
  private volatile int called;
  private volatile int going;
  private volatile int done;
  private long nanos;

  private WaitsProgram(Wait wait, boolean virtual) {
    this.wait = wait;
    this.virtual = virtual;
  }

  /**
   * Runs.
   *
   * @param args {@code platform} or {@code virtual}: what waits
   */
  public static void main(String[] args) throws InterruptedException {
    Agent.awaitComplete();
    List<Wait> waits = new ArrayList<>(MonitorWaits.all());
    waits.addAll(LockWaits.all());
    waits.addAll(HandOverWaits.all());
    boolean virtual = args[0].equals("virtual");
    for (int from = 0; from < waits.size(); from += AT_A_TIME) {
      List<Thread> threads = new ArrayList<>();
      for (Wait wait : waits.subList(from, Math.min(from + AT_A_TIME, waits.size()))) {
        WaitsProgram one = new WaitsProgram(wait, virtual);
        threads.add(new Thread(() -> unchecked(one::endAgainAndAgain), "releaser"));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  /** Of the thread that lets the other one wait. */
  private Void endAgainAndAgain() throws Exception {
    Thread waiter = Threads.start(virtual, () -> unchecked(this::blockAgainAndAgain));
    for (int round = 1; round <= ROUNDS; round++) {
      int now = round;
      wait.end(() -> letItWait(waiter, now));
      while (done < round) {
        Pause.millis(1);
      }
    }
    String name = wait.getClass().getSimpleName();
    System.out.println(
        name
            + ".class="
            + wait.getClass().getName()
            + "\n"
            + name
            + ".count="
            + done
            + "\n"
            + name
            + ".nanos="
            + nanos);
    return null;
  }

  private void letItWait(Thread waiter, int round) {
    called = round;
    while (going < round || !isWaiting(waiter)) {
      Pause.millis(1);
    }
    Pause.millis(WAIT_MILLIS);
  }

  private Void blockAgainAndAgain() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      while (called < round) {
        Pause.millis(1);
      }
      going = round;
      long begin = System.nanoTime();
      wait.block();
      nanos += System.nanoTime() - begin;
      done = round;
    }
    return null;
  }

  private static boolean isWaiting(Thread thread) {
    Thread.State state = thread.getState();
    return state == Thread.State.BLOCKED || state == Thread.State.WAITING;
  }

  private static void unchecked(Callable<Void> code) {
    try {
      code.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
