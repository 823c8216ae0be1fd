package org.jvmpprof.agent.http;

import java.util.List;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Snapshot;

/** An empty profile. */
class FakeSource implements ProfileSource {
  private final ProfileType type;

  FakeSource(ProfileType type) {
    this.type = type;
  }

  @Override
  public ProfileType type() {
    return type;
  }

  @Override
  public Snapshot snapshot() {
    return new Snapshot(type, 1, 1, 0, List.of());
  }
}
