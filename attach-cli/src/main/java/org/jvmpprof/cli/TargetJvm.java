package org.jvmpprof.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/**
 * A JVM that listens to us through HotSpot's attach mechanism. A call blocks for as long as the
 * target is stopped, so it belongs into {@link Patience}. Every failure is an {@link IOException}
 * with the target's own message. There is nothing to close: each command is a connection of its
 * own.
 */
interface TargetJvm {
  /** Many Java runtimes for production, made with jlink, come without this module. */
  boolean JDK_ATTACH = ModuleLayer.boot().findModule("jdk.attach").isPresent();

  /**
   * Attaches to a process that {@link JvmProcess#requireAttachable} has approved: anything else may
   * die of it.
   *
   * @param patience how long the target may take to begin listening
   */
  static TargetJvm attach(long pid, Duration patience) throws IOException {
    // In a target with a /tmp of its own, JDK 17 does not find the socket.
    boolean ownTmp = JvmProcess.LINUX && !ProcDirectory.of(pid).sees(Path.of("/tmp"));
    return JDK_ATTACH && !ownTmp
        ? JdkTargetJvm.attach(pid, patience)
        : SocketTargetJvm.attach(pid, patience);
  }

  /** The target's system properties now. */
  Properties properties() throws IOException;

  /**
   * Loads an agent and waits until its {@code agentmain} is done.
   *
   * @param agentJar absolute, as the target sees it
   * @param options passed to {@code agentmain} as they are
   */
  void load(Path agentJar, String options) throws IOException;
}
