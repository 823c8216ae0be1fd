package org.jvmpprof.it.programs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jvmpprof.Pprof;
import org.jvmpprof.Profile;

/**
 * What every tutorial on Go's pprof shows, in Java: the application's own HTTP handlers look a
 * profile up and write it, and a CPU profile is started and stopped around some busy threads. Go's
 * form of it is lookup.go, whose functions have the same names. The arguments are the file of the
 * CPU profile, the nanoseconds that it takes, and how many threads sleep meanwhile. Prints as
 * {@code busy} the CPU time of the busy threads.
 */
public final class LookupProgram {
  private static final int BUSY_THREADS = 4;
  private static final int HOARDED = 4;
  private static final int WAITERS = 3;

  private static final LongAdder BUSY_NANOS = new LongAdder();
  private static final List<byte[]> HOARD = new ArrayList<>();

  /** The requests that are being answered. */
  private static final String REQUESTS = "it.requests";

  private LookupProgram() {}

  /** Runs until a line comes in. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Agent.awaitComplete();
    Pprof.setBlockProfileRate(1);
    Pprof.setMutexProfileFraction(1);
    Pprof.newProfile(REQUESTS);
    sleepers(Integer.parseInt(args[2]));
    hoard();
    contend();
    HttpServer server = serve();
    System.out.println("port=" + server.getAddress().getPort());
    System.out.println(
        "profiles=" + String.join(",", Pprof.profiles().stream().map(Profile::name).toList()));
    try (OutputStream out = Files.newOutputStream(Path.of(args[0]))) {
      Pprof.startCpuProfile(out);
      work(Long.parseLong(args[1]));
      Pprof.stopCpuProfile();
    }
    System.gc();
    Handshake.await();
    server.stop(0);
    System.exit(0);
  }

  private static HttpServer serve() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.createContext("/lookup/", LookupProgram::lookup);
    server.start();
    return server;
  }

  /** The last part of the path names the profile, {@code debug=1} in the query its form. */
  private static void lookup(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring("/lookup/".length());
    int debug = "debug=1".equals(exchange.getRequestURI().getQuery()) ? 1 : 2;
    Profile requests = Pprof.lookup(REQUESTS).orElseThrow();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status = 200;
    requests.add(exchange, 0);
    try {
      Pprof.lookup(name).orElseThrow().writeTo(out, debug);
    } catch (NoSuchElementException e) {
      status = 404;
      out.writeBytes(("no profile " + name).getBytes(UTF_8));
    } finally {
      requests.remove(exchange);
    }
    exchange.sendResponseHeaders(status, out.size());
    exchange.getResponseBody().write(out.toByteArray());
    exchange.close();
  }

  private static void work(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    CountDownLatch group = new CountDownLatch(BUSY_THREADS);
    for (int i = 0; i < BUSY_THREADS; i++) {
      new Thread(() -> busy(end, group), "busy-" + i).start();
    }
    group.await();
    System.out.println("busy=" + BUSY_NANOS.sum());
  }

  private static void busy(long end, CountDownLatch group) {
    while (System.nanoTime() < end) {
      Cpu.burn();
    }
    BUSY_NANOS.add(Cpu.threadNanos());
    group.countDown();
  }

  private static void hoard() {
    for (int i = 0; i < HOARDED; i++) {
      HOARD.add(new byte[16 << 20]);
    }
  }

  /** A lock that some wait for while another holds it. */
  @SuppressWarnings("LockNotBeforeTry") // Nothing fails while it is held.
  private static void contend() throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    for (int i = 0; i < WAITERS; i++) {
      new Thread(() -> waiting(lock), "waiter-" + i).start();
    }
    TimeUnit.MILLISECONDS.sleep(300);
    lock.unlock();
  }

  @SuppressWarnings("LockNotBeforeTry")
  private static void waiting(ReentrantLock lock) {
    lock.lock();
    lock.unlock();
  }

  private static void sleepers(int count) throws InterruptedException {
    CountDownLatch asleep = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> sleeping(asleep), "sleeper-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    asleep.await();
  }

  private static void sleeping(CountDownLatch asleep) {
    asleep.countDown();
    try {
      TimeUnit.HOURS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
