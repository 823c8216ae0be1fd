package org.jvmpprof.it.programs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** A thread that reads what comes slowly, in {@code read}, and one that waits for it. */
public final class SocketProgram {
  private static final int BYTES = 20;

  private SocketProgram() {}

  /**
   * Runs.
   *
   * @param args {@code platform} or {@code virtual}: what reads
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Agent.awaitComplete();
    CountDownLatch done = new CountDownLatch(1);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket writer = new Socket(server.getInetAddress(), server.getLocalPort())) {
      Threads.start(args[0].equals("virtual"), () -> read(server, done));
      OutputStream out = writer.getOutputStream();
      for (int i = 0; i < BYTES; i++) {
        Pause.millis(10);
        out.write(i);
      }
      awaitReader(done);
    }
  }

  private static void read(ServerSocket server, CountDownLatch done) {
    try (Socket reader = server.accept();
        InputStream in = reader.getInputStream()) {
      for (int i = 0; i < BYTES; i++) {
        in.read();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Pause.millis(20);
    done.countDown();
  }

  private static void awaitReader(CountDownLatch done) throws InterruptedException {
    done.await();
  }
}
