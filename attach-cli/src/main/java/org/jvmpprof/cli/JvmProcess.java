package org.jvmpprof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A process that may be a JVM, judged from outside. To make a JVM listen, the attach mechanism
 * sends SIGQUIT, and whatever does not handle that signal dies of it: so nothing is sent before
 * {@link #requireAttachable} has passed.
 *
 * @param pid of a process that existed a moment ago
 */
record JvmProcess(long pid) {
  static final boolean LINUX = System.getProperty("os.name").equals("Linux");

  static final String INSTEAD = "start it without, or with -javaagent:jvm-pprof-agent.jar";

  /** From the moment that HotSpot is in the process until it handles signals. */
  private static final Duration START_TIME = Duration.ofSeconds(2);

  /** The process that a user names. */
  static JvmProcess of(String pid) throws CommandFailedException {
    if (!pid.matches("[1-9][0-9]{0,17}")) {
      throw new CommandFailedException("not a process id: " + pid);
    }
    JvmProcess process = new JvmProcess(Long.parseLong(pid));
    if (ProcessHandle.of(process.pid).isEmpty()) {
      throw new CommandFailedException("no process " + pid);
    }
    return process;
  }

  /** The JVMs of the user that runs this, by process id, without this one. */
  static List<JvmProcess> ofThisUser() {
    Predicate<JvmProcess> own =
        process -> {
          try {
            return process.foreignOwner() == null && process.isJvm();
          } catch (IOException e) {
            return false; // It has ended meanwhile, or is hidden from us.
          }
        };
    long self = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> pid != self)
        .sorted()
        .map(JvmProcess::new)
        .filter(own)
        .toList();
  }

  /** The main class or jar as far as it is known without asking the JVM, else a question mark. */
  String mainClass() {
    return TargetJvm.JDK_ATTACH ? JdkTargetJvm.mainClasses().getOrDefault(pid, "?") : "?";
  }

  /**
   * Returns normally if this is a JVM that attaching cannot hurt and that we may attach to.
   *
   * @throws CommandFailedException says what stands against it
   */
  void requireAttachable() throws CommandFailedException {
    try {
      requireOwn();
      if (!isJvm()) {
        throw new CommandFailedException("process " + pid + " is not a JVM");
      }
      if (LINUX) {
        requireListener(ProcDirectory.of(pid));
      }
    } catch (IOException e) {
      throw new CommandFailedException("cannot inspect process " + pid + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns normally if the process finds this file where we do.
   *
   * @throws CommandFailedException if it runs on other file systems
   */
  void requireSight(Path file) throws CommandFailedException {
    try {
      if (LINUX && !ProcDirectory.of(pid).sees(file)) {
        throw new CommandFailedException(
            ("process %d does not see %s: it is in a container or has a /tmp of its own; run this"
                    + " command in there, or with -Djava.io.tmpdir=DIR that both see")
                .formatted(pid, file));
      }
    } catch (IOException e) {
      throw new CommandFailedException("cannot inspect process " + pid + ": " + e.getMessage(), e);
    }
  }

  /** What to say of a JVM that was started so that nothing attaches to it. */
  CommandFailedException attachDisabled(@Nullable Throwable cause) {
    return new CommandFailedException(
        "JVM %d runs with -XX:+DisableAttachMechanism: %s".formatted(pid, INSTEAD), cause);
  }

  private void requireOwn() throws IOException, CommandFailedException {
    String owner = foreignOwner();
    boolean root = LINUX && ProcDirectory.ofThisProcess().isRoot();
    if (owner != null && !root) {
      throw new CommandFailedException(
          "process %d belongs to user %s: run this command as that user or as root"
              .formatted(pid, owner));
    }
  }

  /** The user of the process, or null if that is the one who runs this. */
  private @Nullable String foreignOwner() throws IOException {
    if (LINUX) {
      var owner = ProcDirectory.of(pid).owner();
      return owner.equals(ProcDirectory.ofThisProcess().owner()) ? null : owner.getName();
    }
    var owner = ProcessHandle.of(pid).flatMap(process -> process.info().user());
    return owner.equals(ProcessHandle.current().info().user()) ? null : owner.orElse("unknown");
  }

  private boolean isJvm() throws IOException {
    if (LINUX) {
      return ProcDirectory.of(pid).mapsLibjvm();
    }
    if (!TargetJvm.JDK_ATTACH) {
      throw new IOException("this Java runtime has no module jdk.attach, use a JDK");
    }
    return JdkTargetJvm.mainClasses().containsKey(pid);
  }

  private void requireListener(ProcDirectory proc) throws IOException, CommandFailedException {
    if (proc.switchesOn("DisableAttachMechanism")) {
      throw attachDisabled(null);
    }
    if (proc.isStopped()) {
      throw new CommandFailedException(
          "JVM %d does not answer: it is stopped, kill -CONT %d lets it go on".formatted(pid, pid));
    }
    if (!Patience.until(
        () -> Files.exists(proc.attachSocket()) || proc.catchesQuit(), START_TIME)) {
      throw new CommandFailedException(
          "JVM %d does not answer: it has no handler for SIGQUIT".formatted(pid));
    }
  }
}
