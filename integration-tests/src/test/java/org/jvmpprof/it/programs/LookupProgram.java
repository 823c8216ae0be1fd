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
import org.jvmpprof.Pprof;
import org.jvmpprof.Profile;

/**
 * What every tutorial on Go's pprof shows, in Java: the application's own HTTP handlers look a
 * profile up and write it, and a CPU profile is started and stopped around some busy threads. Go's
 * form of it is lookup.go. The arguments are the file of the CPU profile, the nanoseconds that it
 * takes, and how many threads sleep meanwhile.
 */
public final class LookupProgram {
  private static final int BUSY_THREADS = 4;

  /** The requests that are being answered. */
  private static final String REQUESTS = "it.requests";

  private LookupProgram() {}

  /** Runs until a line comes in. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Pprof.setBlockProfileRate(1);
    Pprof.setMutexProfileFraction(1);
    Pprof.newProfile(REQUESTS);
    sleepers(Integer.parseInt(args[2]));
    HttpServer server = serve();
    System.out.println("port=" + server.getAddress().getPort());
    System.out.println(
        "profiles=" + String.join(",", Pprof.profiles().stream().map(Profile::name).toList()));
    try (OutputStream out = Files.newOutputStream(Path.of(args[0]))) {
      Pprof.startCpuProfile(out);
      work(Long.parseLong(args[1]));
      Pprof.stopCpuProfile();
    }
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
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < BUSY_THREADS; i++) {
      threads.add(new Thread(() -> busy(end), "busy-" + i));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void busy(long end) {
    while (System.nanoTime() < end) {
      Cpu.burn();
    }
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
