package org.jvmpprof.it.programs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jvmpprof.Pprof;

/**
 * Threads in every state, each in a method of its own, while the main thread holds the locks. At
 * each line that comes in it writes the goroutine profile with debug=2 to the file that the
 * argument names, and prints as {@code names} all threads of this JVM.
 */
public final class StatesProgram {
  private static final Object MONITOR = new Object();
  private static final Object CONDITION = new Object();
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private static volatile boolean ended;

  private StatesProgram() {}

  private interface Body {
    void run() throws InterruptedException, IOException;
  }

  /** Runs. */
  public static void main(String[] args) throws IOException {
    Agent.awaitComplete();
    System.out.println("main=" + id(Thread.currentThread()));
    LOCK.lock();
    try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      synchronized (MONITOR) {
        for (String kind : Threads.kinds()) {
          start(kind.equals("virtual"), silent);
        }
        System.out.println("READY");
        serve(Path.of(args[0]));
      }
    }
    System.exit(0);
  }

  private static void start(boolean virtual, ServerSocket silent) {
    List<Body> bodies =
        List.of(
            StatesProgram::sleeps,
            StatesProgram::waits,
            StatesProgram::enters,
            StatesProgram::locks,
            StatesProgram::parks,
            StatesProgram::accepts,
            () -> reads(silent),
            StatesProgram::selects,
            () -> deep(200),
            StatesProgram::runs);
    for (Body body : bodies) {
      Threads.start(virtual, () -> run(body));
    }
  }

  private static void run(Body body) {
    try {
      body.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void serve(Path file) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    while (in.readLine() != null) {
      dump(file);
    }
  }

  private static void dump(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      Pprof.lookup("goroutine").orElseThrow().writeTo(out, 2);
    }
    List<String> names = new ArrayList<>();
    Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
    System.out.println("names=" + new TreeSet<>(names));
  }

  @SuppressWarnings("deprecation") // Thread.threadId() exists from 19 on.
  private static long id(Thread thread) {
    return thread.getId();
  }

  private static void sleeps() throws InterruptedException {
    TimeUnit.HOURS.sleep(1);
  }

  private static void waits() throws InterruptedException {
    synchronized (CONDITION) {
      while (!ended) {
        CONDITION.wait();
      }
    }
  }

  private static void enters() {
    synchronized (MONITOR) {
      ended = true;
    }
  }

  @SuppressWarnings("LockNotBeforeTry") // It is never got.
  private static void locks() {
    LOCK.lock();
    LOCK.unlock();
  }

  private static void parks() throws InterruptedException {
    NEVER.await();
  }

  private static void accepts() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.accept().close();
    }
  }

  private static void reads(ServerSocket silent) throws IOException {
    try (Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
      socket.getInputStream().read();
    }
  }

  private static void selects() throws IOException {
    try (Selector selector = Selector.open()) {
      selector.select();
    }
  }

  private static void deep(int frames) throws InterruptedException {
    if (frames == 0) {
      NEVER.await();
    } else {
      deep(frames - 1);
    }
  }

  private static void runs() {
    while (!ended) {
      Thread.onSpinWait();
    }
  }
}
