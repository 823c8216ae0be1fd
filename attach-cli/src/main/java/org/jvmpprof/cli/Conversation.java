package org.jvmpprof.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/**
 * Questions to one JVM, each with an answer in time or one line that says why there is none.
 *
 * @param process the JVM, before anything was sent to it
 * @param jvm the JVM, attached to
 * @param patience how long it may take for each answer
 */
record Conversation(JvmProcess process, TargetJvm jvm, Duration patience) {

  /** Attaches to a JVM, if that is what the process is and if it may be done. */
  static Conversation with(String pid, Duration patience) throws CommandFailedException {
    JvmProcess process = JvmProcess.of(pid);
    process.requireAttachable();
    TargetJvm jvm = ask(process, patience, () -> TargetJvm.attach(process.pid(), patience));
    return new Conversation(process, jvm, patience);
  }

  /** What the JVM's properties say. */
  JvmState state() throws CommandFailedException {
    return ask(process, patience, () -> JvmState.of(jvm.properties()));
  }

  private static <T> T ask(JvmProcess process, Duration patience, Callable<T> question)
      throws CommandFailedException {
    try {
      return Patience.within(patience, question);
    } catch (TimeoutException e) {
      throw noAnswer(process, e);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("respond")) { // No socket appeared.
        throw noAnswer(process, e);
      }
      if (message.contains("does not support the attach mechanism")) {
        throw process.attachDisabled(e);
      }
      throw new CommandFailedException(
          "cannot attach to JVM %d: %s".formatted(process.pid(), message), e);
    }
  }

  private static CommandFailedException noAnswer(JvmProcess process, Exception cause) {
    return new CommandFailedException(
        "JVM %d does not answer: it hangs, or refuses to be attached to".formatted(process.pid()),
        cause);
  }
}
