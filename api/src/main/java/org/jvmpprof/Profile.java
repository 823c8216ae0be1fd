package org.jvmpprof;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named collection of stacks, as Go's {@code pprof.Profile}: one of the agent's own ({@code
 * block}, {@code goroutine}, …), or one that an application keeps of its resources with {@link
 * Pprof#newProfile}, {@link #add} and {@link #remove}.
 *
 * <p>It is only a name: the profile itself is in the agent, the same for all class loaders.
 * Thread-safe.
 *
 * @see Pprof#lookup
 */
public final class Profile {
  /** As deep as Go's {@code Profile.Add}. */
  private static final int MAX_FRAMES = 32;

  private final String name;

  Profile(String name) {
    this.name = name;
  }

  /** The name that {@link Pprof#lookup} finds it by. */
  public String name() {
    return name;
  }

  /**
   * How much is in the profile: of an application's own the values, of threads the threads, of
   * events the distinct stacks.
   */
  public int count() {
    return (Integer) Objects.requireNonNull(RunningAgent.call("count", name));
  }

  /**
   * Adds a value with the stack of the calling thread, which is cut to the 32 frames of the leaf
   * side. The value stays, and is not garbage, until it is removed. It is known by {@code equals}
   * and {@code hashCode}, which must not change meanwhile.
   *
   * @param value any object but null, e.g. the resource itself
   * @param skip how many frames to leave out: with 0 the stack begins with the method that calls
   *     this one, with 1 at that one's caller. When nothing is left, the stack is {@code
   *     jvmpprof.lostProfileEvent}.
   * @throws IllegalArgumentException when the profile is built in, the value is in it already, or
   *     skip is negative
   */
  public void add(Object value, int skip) {
    Objects.requireNonNull(value, "value");
    if (skip < 0) {
      throw new IllegalArgumentException("skip is negative: " + skip);
    }
    List<StackFrame> stack =
        StackWalker.getInstance().walk(frames -> frames.skip(1L + skip).limit(MAX_FRAMES).toList());
    RunningAgent.call("add", name, value, stack);
  }

  /** Removes a value; does nothing when it is not in the profile. */
  public void remove(Object value) {
    RunningAgent.call("remove", name, Objects.requireNonNull(value, "value"));
  }

  /**
   * Writes the profile as of now. The stream is flushed, not closed.
   *
   * @param debug 0 for the gzip-compressed protocol buffer that pprof tools read; 1 for text with
   *     names and lines; 2 for a goroutine profile as a thread dump, else the same as 1
   * @throws IOException what the stream throws
   */
  public void writeTo(OutputStream out, int debug) throws IOException {
    Objects.requireNonNull(out, "out");
    out.write((byte[]) Objects.requireNonNull(RunningAgent.call("write", name, debug)));
    out.flush();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Profile profile && name.equals(profile.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return "Profile " + name;
  }
}
