package org.jvmpprof.agent.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jvmpprof.agent.profile.Delta;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.Snapshot;

/**
 * {@code /debug/pprof/NAME}: a profile as of now, or with {@code seconds} what changes in that
 * time.
 */
final class ProfileRoute implements Route {
  private static final Set<String> WITH_DELTA =
      Set.of("allocs", "block", "goroutine", "heap", "mutex", "threadcreate");

  private final String name;
  private final Profiles profiles;

  ProfileRoute(String name, Profiles profiles) {
    this.name = name;
    this.profiles = profiles;
  }

  @Override
  public void serve(Query query, Client client, Reply reply)
      throws IOException, InterruptedException {
    ProfileSource source = profiles.find(name).orElse(null);
    if (source == null) {
      reply.error(Status.NOT_FOUND, "Unknown profile");
    } else if (!query.text("seconds").isEmpty()) {
      serveDelta(source, query, client, reply);
    } else {
      serveNow(source, query, reply);
    }
  }

  private void serveNow(ProfileSource source, Query query, Reply reply)
      throws IOException, InterruptedException {
    if (name.equals("heap") && query.number("gc") > 0) {
      profiles.collectGarbage();
    }
    int debug = Math.toIntExact(Math.max(-1, Math.min(2, query.number("debug"))));
    byte[] profile = profiles.write(source, debug);
    if (debug == 0) {
      reply.file(name, profile);
    } else {
      reply.text(profile);
    }
  }

  private void serveDelta(ProfileSource source, Query query, Client client, Reply reply)
      throws IOException, InterruptedException {
    long seconds = query.number("seconds");
    if (seconds <= 0) {
      reply.error(Status.BAD_REQUEST, "invalid value for \"seconds\" - must be a positive integer");
    } else if (!WITH_DELTA.contains(name)) {
      reply.error(
          Status.BAD_REQUEST, "\"seconds\" parameter is not supported for this profile type");
    } else if (query.number("debug") != 0) {
      reply.error(Status.BAD_REQUEST, "seconds and debug params are incompatible");
    } else {
      Snapshot before = profiles.snapshot(source);
      if (client.staysFor(Duration.ofSeconds(seconds))) {
        Snapshot delta = Delta.between(before, profiles.snapshot(source));
        reply.file(name + "-delta", profiles.proto(delta));
      }
    }
  }
}
