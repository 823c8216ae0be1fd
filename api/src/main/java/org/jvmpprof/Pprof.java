package org.jvmpprof;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Optional;

/**
 * What Go has in {@code runtime/pprof}, for the JVM that this runs in. Works from any class loader,
 * whether the agent was there from the start, was attached later, or comes with {@link #install}.
 *
 * <p>Without an agent {@link #agentVersion} and {@link #directory} are empty, and everything else
 * throws a {@link NoAgentException}. Thread-safe.
 */
public final class Pprof {
  private Pprof() {}

  /** As {@link #install(String)}, with the agent's defaults. */
  public static void install() {
    install("");
  }

  /**
   * Starts the agent that this library carries, in this JVM. Does nothing when one runs already,
   * whatever its options.
   *
   * <p>JDK 21 and later print a warning about dynamically loaded agents, unless they are started
   * with {@code -XX:+EnableDynamicAgentLoading}.
   *
   * @param options {@code key=value,key=value}, as after {@code -javaagent:…=}; {@code dir=} for no
   *     files
   * @throws NoAgentException when this JVM does not allow it; the message says which flag forbids
   *     it
   */
  public static void install(String options) {
    Installation.install(options);
  }

  /** The version of the agent that runs in this JVM; empty when none does. */
  public static Optional<String> agentVersion() {
    return Optional.ofNullable(System.getProperty(RunningAgent.VERSION_PROPERTY));
  }

  /** The directory that the agent writes profiles to; empty when it writes none. */
  public static Optional<Path> directory() {
    return Optional.ofNullable(System.getProperty("jvmpprof.running.dir")).map(Path::of);
  }

  /**
   * Begins to collect CPU samples for {@link #stopCpuProfile} to write. The agent's own files, HTTP
   * and JMX go on undisturbed.
   *
   * @param out takes the profile when it is stopped, and nothing before
   * @throws IllegalStateException when another caller of this method collects, or when the agent
   *     runs with {@code cpu=0}
   */
  public static void startCpuProfile(OutputStream out) {
    RunningAgent.call("startCpuProfile", Objects.requireNonNull(out, "out"));
  }

  /**
   * Ends what {@link #startCpuProfile} began and writes it: returns after the last byte. Does
   * nothing when nothing was begun. It may take a second or two, until the last samples have
   * arrived. The stream is flushed, not closed.
   *
   * @throws IOException what the stream throws, or an {@link java.io.InterruptedIOException} when
   *     the thread is interrupted meanwhile; the profile is lost then
   */
  @SuppressWarnings("unchecked") // So says the agent.
  public static void stopCpuProfile() throws IOException {
    Entry<OutputStream, byte[]> profile;
    try {
      profile = (Entry<OutputStream, byte[]>) RunningAgent.call("stopCpuProfile");
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (profile != null) {
      profile.getKey().write(profile.getValue());
      profile.getKey().flush();
    }
  }

  /** The profile of this name; empty when there is none, or the agent does not record it. */
  public static Optional<Profile> lookup(String name) {
    return profiles().stream().filter(profile -> profile.name().equals(name)).findFirst();
  }

  /** All profiles but that of CPU time, sorted by name. */
  @SuppressWarnings("unchecked")
  public static List<Profile> profiles() {
    return ((List<String>) Objects.requireNonNull(RunningAgent.call("profiles")))
        .stream().map(Profile::new).toList();
  }

  /**
   * Makes a profile of the application's own, which stays until the JVM ends. Two libraries that
   * may have the same idea put their package name before it; code that may run twice, such as that
   * of a web application, first tries {@link #lookup}.
   *
   * @throws IllegalArgumentException when the name is empty or in use
   */
  public static Profile newProfile(String name) {
    RunningAgent.call("newProfile", Objects.requireNonNull(name, "name"));
    return new Profile(name);
  }

  /**
   * Sets from which duration on each wait is in the block profile; of shorter ones a sample is, in
   * proportion. What is recorded stays.
   *
   * @param nanos 1 for every wait, 0 or less for none
   */
  public static void setBlockProfileRate(long nanos) {
    RunningAgent.call("setBlockProfileRate", nanos);
  }

  /** As {@link #setBlockProfileRate(long)}. */
  public static void setBlockProfileRate(Duration duration) {
    setBlockProfileRate(duration.toNanos());
  }

  /**
   * Sets which part of the contended releases is in the mutex profile. What is recorded stays.
   *
   * @param fraction one in so many; 0 for none; negative to change nothing
   * @return what it was before
   */
  public static int setMutexProfileFraction(int fraction) {
    return (Integer) Objects.requireNonNull(RunningAgent.call("setMutexProfileFraction", fraction));
  }

  /**
   * Sets how many bytes are allocated between two samples of the heap profile, on average (Go's
   * {@code MemProfileRate}). What was allocated stays.
   *
   * @param bytes 0 or less for no samples, and to follow none of the sampled objects any more
   */
  public static void setMemProfileRate(long bytes) {
    RunningAgent.call("setMemProfileRate", bytes);
  }
}
