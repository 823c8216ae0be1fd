package org.jvmpprof.agent.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.profile.Label;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.time.Ticker;

/** The text of debug=2, for threads in every state. */
class GoroutineTextTest {
  private static final String HERE = GoroutineTextTest.class.getName();

  private final StackTable stacks = new StackTable(1_000, 10_000);
  private final AtomicBoolean ended = new AtomicBoolean();
  private Thread thread = new Thread();

  @AfterEach
  void end() throws InterruptedException {
    ended.set(true);
    thread.interrupt();
    LockSupport.unpark(thread);
    thread.join();
  }

  @Test
  void dump_caller_isFirstAndRuns() {
    assertThat(dump())
        .startsWith(
            "goroutine " + JavaThreads.id(Thread.currentThread()) + " [running name:\"main\"]:\n")
        .contains(HERE + ".dump_caller_isFirstAndRuns(...)\n\torg/jvmpprof/agent/threads/")
        .endsWith("\n")
        .doesNotContain("\n\n\n");
  }

  @Test
  void dump_waitingThreads_haveTheirState() throws Exception {
    Object lock = new Object();
    assertState("sleep", () -> Thread.sleep(100_000));
    assertState("park", LockSupport::park);
    assertState("park", () -> new CountDownLatch(1).await());
    assertState(
        "wait",
        () -> {
          synchronized (lock) {
            while (!ended.get()) {
              lock.wait();
            }
          }
        });
    assertState(
        "running",
        () -> {
          while (!ended.get()) {
            Thread.onSpinWait();
          }
        });
  }

  @Test
  void dump_threadThatAcceptsConnections_waitsForIo() throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      start(server::accept);
      awaitState("IO wait");
    }
  }

  @Test
  @SuppressWarnings("LockNotBeforeTry")
  void dump_threadThatWaitsForLock_namesTheOwner() throws Exception {
    Object monitor = new Object();
    long self = JavaThreads.id(Thread.currentThread());
    synchronized (monitor) {
      start(
          () -> {
            synchronized (monitor) {
              ended.set(true);
            }
          });
      String name = "java.lang.Object@" + Integer.toHexString(System.identityHashCode(monitor));
      awaitText("[monitor name:\"a \\\"name\\\"\" lock:" + name + " owner:" + self + " \"main\"]:");
    }
    end();
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    try {
      start(lock::lockInterruptibly);
      awaitText("owner:" + self + " \"main\"]:");
    } finally {
      lock.unlock();
    }
  }

  @Test
  void dump_labels_areShownAsGoShowsThem() {
    Labels labels = Labels.of("key", "value").with(new Label("more", "line\nbreak", 0));

    assertThat(dump(starts(), (id, frames) -> labels))
        .contains(
            "[running name:\"main\" labels:{\"key\": \"value\", \"more\": \"line\\x0abreak\"}]:");
  }

  @Test
  void dump_startedThread_isCreatedByItsParent() throws Exception {
    start(LockSupport::park);
    Throwable stack = new Throwable();
    stack.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("java.lang.JvmPprofThreads", "starting", null, 1),
          new StackTraceElement("java.lang.Thread", "start", "Thread.java", 2),
          new StackTraceElement("java.lang.System$1", "start", "System.java", 3),
          new StackTraceElement("jdk.internal.vm.SharedThreadContainer", "start", null, 4),
          new StackTraceElement("com.acme.Pool", "grow", "Pool.java", 5),
          new StackTraceElement("java.lang.Thread", "run", "Thread.java", 6),
        });
    Object[] seen = {thread, Thread.currentThread(), stack};
    ThreadStarts starts =
        new ThreadStarts(() -> ended.getAndSet(true) ? new Object[0] : seen, stacks, 0);
    long self = JavaThreads.id(Thread.currentThread());

    assertThat(dump(starts, ThreadLabels.NONE))
        .contains(
            "created by com.acme.Pool.grow in goroutine " + self + "\n\tcom/acme/Pool.java:5\n");
  }

  @Test
  void dump_waitOfMinutes_saysSoUntilItEnds() throws Exception {
    AtomicLong clockNanos = new AtomicLong(1);
    LiveThreads live = new LiveThreads(new AgentThreads(), visitor -> {}, StackDump.NONE);
    GoroutineProfile profile =
        new GoroutineProfile(live, starts(), stacks, ThreadLabels.NONE, clockNanos::get);
    profile.watchWaits();
    start(
        () -> {
          while (!ended.get()) {
            LockSupport.park();
          }
        });
    awaitState("park");
    String park = "goroutine " + JavaThreads.id(thread) + " [park";

    clockNanos.addAndGet(TimeUnit.SECONDS.toNanos(20));
    profile.poll();
    clockNanos.addAndGet(TimeUnit.SECONDS.toNanos(59));
    assertThat(profile.dump()).contains(park + " name:");
    clockNanos.addAndGet(TimeUnit.SECONDS.toNanos(130));
    profile.poll();
    assertThat(profile.dump()).contains(park + ", 3 minutes name:").doesNotContain("running, ");

    long waits = waits();
    LockSupport.unpark(thread);
    Awaitility.await().until(() -> waits() > waits);
    awaitState("park");
    assertThat(profile.dump()).contains(park + " name:");
  }

  private long waits() {
    return ManagementFactory.getThreadMXBean()
        .getThreadInfo(JavaThreads.id(thread))
        .getWaitedCount();
  }

  private void assertState(String state, Body body) throws Exception {
    start(body);
    awaitState(state);
    end();
    ended.set(false);
  }

  private void awaitState(String state) {
    awaitText("goroutine " + JavaThreads.id(thread) + " [" + state + " name:\"a \\\"name\\\"\"");
  }

  private void awaitText(String text) {
    Awaitility.await().untilAsserted(() -> assertThat(dump()).contains(text));
  }

  private void start(Body body) {
    thread = new Thread(() -> body.runQuietly(), "a \"name\"");
    thread.start();
  }

  private String dump() {
    return dump(starts(), ThreadLabels.NONE);
  }

  private ThreadStarts starts() {
    return new ThreadStarts(() -> new Object[0], stacks, 0);
  }

  private String dump(ThreadStarts starts, ThreadLabels labels) {
    LiveThreads live = new LiveThreads(new AgentThreads(), visitor -> {}, StackDump.NONE);
    return new GoroutineProfile(live, starts, stacks, labels, Ticker.system()).dump();
  }

  private interface Body {
    void run() throws Exception;

    default void runQuietly() {
      try {
        run();
      } catch (InterruptedException | IOException e) {
        // As wanted: the test is over.
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
