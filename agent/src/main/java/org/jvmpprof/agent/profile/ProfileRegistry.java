package org.jvmpprof.agent.profile;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * All profiles that can be taken by name, built in or the application's own: Go's {@code Lookup}
 * and {@code Profiles}. Thread-safe.
 */
public final class ProfileRegistry {
  private final ConcurrentSkipListMap<String, ProfileSource> sources =
      new ConcurrentSkipListMap<>();

  /**
   * Adds a profile under the name of its type.
   *
   * @return false when the name is in use already, and nothing was added
   */
  public boolean add(ProfileSource source) {
    return sources.putIfAbsent(source.type().name(), source) == null;
  }

  /** The profile of this name. */
  public Optional<ProfileSource> find(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  /** All profiles, sorted by name. */
  public List<ProfileSource> all() {
    return List.copyOf(sources.values());
  }
}
