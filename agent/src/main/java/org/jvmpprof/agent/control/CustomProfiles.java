package org.jvmpprof.agent.control;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.profile.ProfileRegistry;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.stack.Stack;
import org.jvmpprof.agent.stack.StackHolder;
import org.jvmpprof.agent.stack.StackTable;
import org.jvmpprof.agent.time.Ticker;

/**
 * The profiles that applications define (Go's {@code NewProfile}). What is wrong with a call is
 * said in Go's words. Thread-safe.
 */
public final class CustomProfiles implements StackHolder {
  private final ProfileRegistry registry;
  private final StackTable stacks;
  private final Ticker ticker;

  /**
   * There are none yet.
   *
   * @param registry where they can be found by name
   * @param stacks takes their stacks; whoever sweeps it must know this holder
   */
  public CustomProfiles(ProfileRegistry registry, StackTable stacks, Ticker ticker) {
    this.registry = registry;
    this.stacks = stacks;
    this.ticker = ticker;
  }

  /** Makes an empty profile. */
  void create(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("pprof: NewProfile with empty name");
    }
    if (isBuiltIn(name) || !registry.add(new CustomProfile(name, stacks, ticker))) {
      throw new IllegalArgumentException("pprof: NewProfile name already in use: " + name);
    }
  }

  /** Adds a value to the profile of this name. */
  void add(String name, Object value, List<StackFrame> stack) {
    CustomProfile profile = find(name);
    if (profile == null) {
      throw new IllegalArgumentException("pprof: Add called on built-in Profile " + name);
    }
    if (!profile.add(value, stack)) {
      throw new IllegalArgumentException("pprof: Profile.Add of duplicate value");
    }
  }

  /** Removes a value from the profile of this name; a built-in one has none. */
  void remove(String name, Object value) {
    CustomProfile profile = find(name);
    if (profile != null) {
      profile.remove(value);
    }
  }

  @Override
  public void forEachStack(Consumer<Stack> consumer) {
    for (ProfileSource source : registry.all()) {
      if (source instanceof CustomProfile profile) {
        profile.forEachStack(consumer);
      }
    }
  }

  private @Nullable CustomProfile find(String name) {
    return registry.find(name).orElse(null) instanceof CustomProfile profile ? profile : null;
  }

  /** Whether it is a name of ours, also when that profile is off. */
  private static boolean isBuiltIn(String name) {
    return ProfileType.BUILT_IN.stream().anyMatch(type -> type.name().equals(name));
  }
}
