package org.jvmpprof.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * Attaches on Linux without module {@code jdk.attach}. The protocol is that of HotSpot's
 * attachListener: version 1, the command and three arguments, each ended by a zero byte, over a
 * socket file; the reply is a line with a status, 0 for success, and then text to the end.
 */
final class SocketTargetJvm implements TargetJvm {
  private static final String LOADED = "return code: 0";

  private final Path socket;

  private SocketTargetJvm(Path socket) {
    this.socket = socket;
  }

  static TargetJvm attach(long pid, Duration patience) throws IOException {
    ProcDirectory proc = ProcDirectory.of(pid);
    Path socket = proc.attachSocket();
    proc.requireNoDeadSocket();
    if (!Files.exists(socket)) {
      wake(pid, proc, patience);
    }
    if (!Files.getOwner(socket).equals(proc.owner())) {
      throw new IOException(socket + " is not its own");
    }
    return new SocketTargetJvm(socket);
  }

  /** The target listens when a signal arrives while the trigger file is there. */
  private static void wake(long pid, ProcDirectory proc, Duration patience) throws IOException {
    Path trigger = createTrigger(proc.attachTriggers());
    try {
      sendQuit(pid);
      Path socket = proc.attachSocket();
      // Below the caller's patience, so that the trigger file is removed before it ends.
      if (!Patience.until(() -> Files.exists(socket), patience.multipliedBy(7).dividedBy(10))) {
        throw new IOException("it did not respond");
      }
    } finally {
      Files.deleteIfExists(trigger);
    }
  }

  private static Path createTrigger(List<Path> places) throws IOException {
    IOException failure = new IOException("no place for a trigger file");
    for (Path place : places) {
      try {
        return Files.createFile(place);
      } catch (FileAlreadyExistsException e) {
        return place;
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    throw failure;
  }

  private static void sendQuit(long pid) throws IOException {
    try {
      // The shell's own kill: small images have no other.
      int status = new ProcessBuilder("sh", "-c", "kill -QUIT " + pid).start().waitFor();
      if (status != 0) {
        throw new IOException("it cannot be signalled");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public Properties properties() throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(execute("properties", "", "", "")));
    return properties;
  }

  @Override
  public void load(Path agentJar, String options) throws IOException {
    String reply = execute("load", "instrument", "false", agentJar + "=" + options).strip();
    if (!reply.equals(LOADED)) {
      throw new IOException(
          switch (reply) {
            case "return code: 100" -> "it is not found or has no Agent-Class";
            case "return code: 102" -> "it failed to initialize";
            default -> reply;
          });
    }
  }

  private String execute(String command, String... arguments) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    for (String part : List.of("1", command, arguments[0], arguments[1], arguments[2])) {
      request.writeBytes(part.getBytes(UTF_8));
      request.write(0);
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      ByteBuffer bytes = ByteBuffer.wrap(request.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return text(new String(Channels.newInputStream(channel).readAllBytes(), UTF_8));
    }
  }

  private static String text(String reply) throws IOException {
    String[] parts = reply.split("\n", 2);
    String text = parts.length == 2 ? parts[1] : "";
    if (!parts[0].equals("0")) {
      throw new IOException(text.isBlank() ? "status " + parts[0] : text.strip());
    }
    return text;
  }
}
