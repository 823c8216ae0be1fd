package org.jvmpprof.agent.contention;

import java.lang.instrument.Instrumentation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.jfr.Jfr;
import org.jvmpprof.agent.jfr.JfrStackDepth;
import org.jvmpprof.agent.jfr.JfrStream;
import org.jvmpprof.agent.jvm.JfrDisk;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.options.AgentOptions.MonitorEvents;

/**
 * Has JFR tell of the monitors that have no hooks: those of the JDK, of methods that were loaded
 * before the agent, and of classes that could not be rewritten. JFR costs memory and time whether
 * something waits or not, so by default it runs only when something does.
 */
final class MonitorRecording {
  private final MonitorEvents mode;
  private final Weaving weaving;
  private final MonitorWitness witness;
  private final MonitorEnters enters;
  private final Instrumentation instrumentation;
  private final AgentThreads threads;
  private final AgentLog log;
  private @Nullable JfrStream stream;
  private String state;
  private boolean starting;
  private boolean ended;

  MonitorRecording(
      MonitorEvents mode,
      Weaving weaving,
      MonitorWitness witness,
      MonitorEnters enters,
      Instrumentation instrumentation,
      AgentThreads threads,
      AgentLog log) {
    this.mode = mode;
    this.weaving = weaving;
    this.enters = enters;
    this.instrumentation = instrumentation;
    this.threads = threads;
    this.log = log;
    this.witness = witness;
    state = mode == MonitorEvents.OFF ? "off (monitor-events=off)" : "off (no waits seen so far)";
  }

  /** Whether it runs, and if not, why; for people. */
  synchronized String state() {
    return state;
  }

  /**
   * Starts what is needed and stops what is not; called by the drainer, ten times a second.
   *
   * @param wanted whether there is a block profile at present
   */
  synchronized void poll(boolean wanted) {
    boolean seenEnough = look(wanted);
    if (starting || ended) {
      return;
    }
    if (stream == null) {
      if (wanted && isNeeded(seenEnough)) {
        startIfPossible();
      }
    } else if (!wanted) {
      off("no block profile");
    } else if (!JfrDisk.mayGoOn(JfrDisk.repository())) {
      off("too little room in " + JfrDisk.repository());
    } else if (stream.hasEnded()) {
      off("something else has ended the agent's JFR recording");
      ended = true;
    }
  }

  /** Stops for good, when all that has been recorded has been handed over. */
  synchronized void stop() {
    if (mode == MonitorEvents.AUTO && !ended) {
      witness.finish();
    }
    ended = true;
    if (stream != null) {
      off("stopped");
    }
  }

  private boolean look(boolean wanted) {
    if (mode != MonitorEvents.AUTO || ended) {
      return false;
    }
    if (!wanted) {
      witness.rest();
      return false;
    }
    return witness.hasSeenEnough(stream == null);
  }

  private boolean isNeeded(boolean seenEnough) {
    return switch (mode) {
      case ON -> true;
      case OFF -> false;
      case AUTO -> weaving.hasLeftSynchronized() || seenEnough;
    };
  }

  private void startIfPossible() {
    Optional<String> problem = Jfr.problem();
    if (problem.isPresent()) {
      unavailable(problem.get());
    } else {
      starting = true;
      threads.start("jfr-start", this::start);
    }
  }

  /** Takes long; not for the drainer's thread. */
  private void start() {
    JfrStackDepth.raise(instrumentation, log);
    JfrStream begun = null;
    String problem = "";
    try {
      begun = new JfrStream("waits for monitors", enters::connect, threads, log);
      begun.start();
    } catch (RuntimeException | LinkageError e) {
      begun = null;
      problem = Jfr.reason(e);
    }
    started(begun, problem);
  }

  private synchronized void started(@Nullable JfrStream begun, String problem) {
    starting = false;
    if (begun == null) {
      unavailable(problem);
      ended = true;
      return;
    }
    stream = begun;
    state = "jfr";
    if (ended) {
      off("stopped");
    }
  }

  private void off(String why) {
    JfrStream running = stream;
    stream = null;
    state = "off (" + why + ")";
    if (running != null) {
      running.stop();
    }
  }

  private void unavailable(String problem) {
    state = "off (" + problem + ")";
    log.errorOnce(
        "monitor-events", "waits for monitors without hooks are not in block profiles: " + problem);
  }
}
