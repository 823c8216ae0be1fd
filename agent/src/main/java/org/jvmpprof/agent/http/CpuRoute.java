package org.jvmpprof.agent.http;

import java.io.IOException;
import java.time.Duration;
import org.jvmpprof.agent.control.CpuCollection;

/** {@code /debug/pprof/profile}: the CPU samples of the next {@code seconds}, by default 30. */
final class CpuRoute implements Route {
  private static final long DEFAULT_SECONDS = 30;

  private final Profiles profiles;

  CpuRoute(Profiles profiles) {
    this.profiles = profiles;
  }

  @Override
  public void serve(Query query, Client client, Reply reply)
      throws IOException, InterruptedException {
    long wanted = query.number("seconds");
    Duration span = Duration.ofSeconds(wanted <= 0 ? DEFAULT_SECONDS : wanted);
    try (CpuCollection collection = profiles.collectCpu().orElse(null)) {
      if (collection == null) {
        reply.error(Status.INTERNAL_ERROR, "Could not enable CPU profiling: CPU sampling is off");
      } else if (client.staysFor(span)) {
        reply.file("profile", profiles.proto(collection.finish()));
      }
    }
  }
}
