package org.jvmpprof.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What Linux tells about one process in {@code /proc/PID}, without touching the process. */
record ProcDirectory(Path path) {
  private static final int SIGQUIT = 3;

  static ProcDirectory of(long pid) {
    return new ProcDirectory(Path.of("/proc", Long.toString(pid)));
  }

  static ProcDirectory ofThisProcess() {
    return of(ProcessHandle.current().pid());
  }

  UserPrincipal owner() throws IOException {
    return Files.getOwner(path);
  }

  boolean isRoot() throws IOException {
    return Files.getAttribute(path, "unix:uid").equals(0);
  }

  /** Whether HotSpot is in the process. A file may have been replaced by an update since. */
  boolean mapsLibjvm() throws IOException {
    return Files.readString(path.resolve("maps"), ISO_8859_1).contains("/libjvm.so");
  }

  /** Whether the process has a handler for the signal that wakes HotSpot's attach mechanism. */
  boolean catchesQuit() throws IOException {
    long caught = Long.parseUnsignedLong(status("SigCgt").orElse("0"), 16);
    return (caught >>> (SIGQUIT - 1) & 1) == 1;
  }

  /** Whether a signal or a debugger has halted the process. */
  boolean isStopped() throws IOException {
    return status("State").orElse("").toUpperCase(Locale.ROOT).startsWith("T");
  }

  /** Where HotSpot listens, once it does. */
  Path attachSocket() throws IOException {
    return temporaryDirectory().resolve(".java_pid" + pidInside());
  }

  /**
   * HotSpot removes what an earlier process of this number has left, unless it may not listen.
   *
   * @throws IOException when the socket is there and nobody listens
   */
  void requireNoDeadSocket() throws IOException {
    Path socket = attachSocket();
    if (Files.exists(socket)) {
      try {
        SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
      } catch (ConnectException e) {
        throw new IOException("it did not respond: nobody listens at " + socket, e);
      }
    }
  }

  /** Where HotSpot looks whether a signal means that it should listen, best first. */
  List<Path> attachTriggers() throws IOException {
    String name = ".attach_pid" + pidInside();
    return List.of(path.resolve("cwd").resolve(name), temporaryDirectory().resolve(name));
  }

  /** HotSpot uses /tmp whatever java.io.tmpdir says. */
  private Path temporaryDirectory() {
    return path.resolve("root/tmp");
  }

  /** The process's number in its own, innermost, namespace. */
  private String pidInside() throws IOException {
    String pids = status("NSpid").orElse(path.getFileName().toString());
    return pids.substring(pids.lastIndexOf('\t') + 1);
  }

  private Optional<String> status(String key) throws IOException {
    return Files.readAllLines(path.resolve("status"), ISO_8859_1).stream()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).strip())
        .findFirst();
  }

  /** Whether a boolean {@code -XX} flag is switched on, and not off again, on the command line. */
  boolean switchesOn(String flag) throws IOException {
    List<String> arguments =
        List.of(Files.readString(path.resolve("cmdline"), ISO_8859_1).split("\0"));
    return arguments.lastIndexOf("-XX:+" + flag) > arguments.lastIndexOf("-XX:-" + flag);
  }

  /** Whether the process finds the same file under the same path. */
  boolean sees(Path file) throws IOException {
    Path there = path.resolve("root").resolve(file.getRoot().relativize(file));
    return Files.exists(there, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(there, file);
  }
}
