package org.jvmpprof.agent.contention;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.event.AgentThreads;
import org.jvmpprof.agent.event.EventBuffer;
import org.jvmpprof.agent.log.AgentLog;
import org.jvmpprof.agent.options.AgentOptions;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.time.Ticker;

/**
 * The block and mutex profiles: puts hooks where threads wait, and makes events of what they
 * record. Nothing is instrumented before the first rate that is not zero.
 */
public final class Contention {
  private static final int BUFFER_EVENTS = 1 << 13;

  private final Instrumentation instrumentation;
  private final AgentOptions options;
  private final boolean attached;
  private final AgentThreads agentThreads;
  private final Ticker ticker;
  private final AgentLog log;
  private final EventBuffer block = new EventBuffer(ProfileType.BLOCK, BUFFER_EVENTS);
  private final EventBuffer mutex = new EventBuffer(ProfileType.MUTEX, BUFFER_EVENTS);
  private volatile @Nullable Installed installed;
  private boolean failed;
  private volatile boolean stopped;
  private volatile @Nullable Consumer<String> publisher;
  private String published = "";

  private record Installed(
      ContentionHook hook,
      Weaving weaving,
      ContentionPace pace,
      ContentionEvents events,
      List<UnhookedWaits> unhooked,
      MonitorRecording recording) {}

  /**
   * Prepares everything and changes nothing.
   *
   * @param attached whether the application runs already, and may be waiting
   */
  public Contention(
      Instrumentation instrumentation,
      AgentOptions options,
      boolean attached,
      AgentThreads agentThreads,
      Ticker ticker,
      AgentLog log) {
    this.instrumentation = instrumentation;
    this.options = options;
    this.attached = attached;
    this.agentThreads = agentThreads;
    this.ticker = ticker;
    this.log = log;
  }

  /** Whether the options ask for either profile. */
  public boolean isWanted() {
    return options.mutexFraction() > 0 || !options.blockThreshold().isZero();
  }

  /** Whether either profile is on at present. */
  public boolean isOn() {
    return blockNanos() > 0 || mutexFraction() > 0;
  }

  /** Where the events go. */
  public List<EventBuffer> buffers() {
    return List.of(block, mutex);
  }

  /**
   * Puts the hooks in if the options ask for either profile: what waits from now on in the JDK, and
   * in what is loaded from now on, is seen. Never throws; where it is not possible, both profiles
   * stay empty, for one line.
   */
  public void installIfWanted() {
    if (isWanted()) {
      install();
    }
  }

  private synchronized @Nullable Installed install() {
    Installed present = installed;
    if (present != null || failed) {
      return present;
    }
    try {
      ContentionHook hook = ContentionHook.define(instrumentation);
      Weaving weaving = new Weaving(instrumentation, options.include(), options.exclude(), log);
      weaving.install();
      weaving.retransformJdk();
      if (isBeforeMain()) {
        weaving.noteLoaded();
      }
      CoarseClock clock = new CoarseClock(hook, agentThreads);
      ContentionPace pace =
          new ContentionPace(
              hook, clock, ticker, options.blockThreshold().toNanos(), options.mutexFraction());
      IdleSites idleSites = new IdleSites(options.idle());
      ContentionEvents events =
          new ContentionEvents(
              hook, new ContentionEvents.Buffers(block, mutex), agentThreads, ticker, idleSites);
      UnhookedWaits seen = new UnhookedWaits(hook, block, idleSites);
      UnhookedWaits told = new UnhookedWaits(hook, block, idleSites);
      installed =
          new Installed(
              hook, weaving, pace, events, List.of(seen, told), recording(weaving, seen, told));
      return installed;
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      failed = true;
      log.error("no block and mutex profiles: " + e);
      return null;
    }
  }

  /**
   * Instruments what was loaded before {@link #install}, and looks whether the hooks work. Takes
   * long on a large application; for a thread of the agent.
   */
  public void complete() throws InterruptedException {
    Installed in = installed;
    if (in == null || stopped) {
      return;
    }
    List<String> unseen = new SelfTest(in.hook, agentThreads).run();
    in.pace.warmUp();
    if (!isBeforeMain()) {
      in.weaving.noteLoaded();
    }
    in.weaving.retransformLoaded();
    // What happens while the process ends is not recorded, so not noticed.
    if (!unseen.isEmpty() && !stopped) {
      log.error(
          "block and mutex profiles do not show "
              + String.join(" and ", unseen)
              + ": another agent may have undone the instrumentation; try this agent last on the"
              + " command line");
    }
  }

  /** Whether the hooks are there before the application runs. */
  private boolean isBeforeMain() {
    return isWanted() && !attached;
  }

  private MonitorRecording recording(Weaving weaving, UnhookedWaits seen, UnhookedWaits told) {
    return new MonitorRecording(
        options.monitorEvents(),
        weaving,
        new MonitorWitness(weaving, agentThreads, new LongWaits(seen, ticker), isBeforeMain()),
        new MonitorEnters(weaving, agentThreads, told),
        instrumentation,
        agentThreads,
        log);
  }

  /** Says which rates are in force and what serves which kind of wait, and whenever it changes. */
  public void publishTo(Consumer<String> publisher) {
    this.publisher = publisher;
  }

  /** Hands over what has been recorded; called by the drainer. */
  public void poll() {
    Installed in = installed;
    if (in == null) {
      return;
    }
    int[] recorded = in.events.poll();
    int unhooked = in.unhooked.stream().mapToInt(UnhookedWaits::takeRecorded).sum();
    in.pace.recorded(recorded[0] + unhooked, recorded[1], recorded[2]);
    in.weaving.poll();
    in.recording.poll(in.pace.blockNanos() > 0);
    Consumer<String> current = publisher;
    String about = about(in);
    if (current != null && !published.equals(about)) {
      published = about;
      current.accept(about);
    }
  }

  /** Waits of at least so long are always recorded; 0 is off. */
  public long blockNanos() {
    Installed in = installed;
    return in == null ? 0 : in.pace.blockNanos();
  }

  /** Sets {@link #blockNanos}; the first that is not zero brings the hooks in. */
  public void setBlockNanos(long nanos) {
    Installed in = nanos > 0 ? installNow() : installed;
    if (in != null) {
      in.pace.setBlockNanos(nanos);
    }
  }

  /** One in so many contended releases is recorded; 0 is off. */
  public int mutexFraction() {
    Installed in = installed;
    return in == null ? 0 : in.pace.mutexFraction();
  }

  /** Sets {@link #mutexFraction}; the first that is not zero brings the hooks in. */
  public void setMutexFraction(int fraction) {
    Installed in = fraction > 0 ? installNow() : installed;
    if (in != null) {
      in.pace.setMutexFraction(fraction);
    }
  }

  private @Nullable Installed installNow() {
    Installed before = installed;
    if (before != null) {
      return before;
    }
    Installed now = install();
    if (now != null) {
      agentThreads.start("instrument", this::completeLate);
    }
    return now;
  }

  private void completeLate() {
    try {
      complete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String about(Installed in) {
    return in.pace.inForce()
        + "; synchronized: bytecode; loaded synchronized methods and JDK monitors: "
        + in.recording.state()
        + "; Object.wait: "
        + in.weaving.waitSite()
        + "; parks: LockSupport, java.util.concurrent where it spins first and where locks wake";
  }

  /** Records nothing any more, after all that has been recorded has been handed over. */
  public void stop() {
    stopped = true;
    Installed in = installed;
    if (in != null) {
      in.recording.stop();
    }
    setBlockNanos(0);
    setMutexFraction(0);
  }
}
