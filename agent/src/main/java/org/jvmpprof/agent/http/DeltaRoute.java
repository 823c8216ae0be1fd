package org.jvmpprof.agent.http;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.jvmpprof.agent.profile.Delta;
import org.jvmpprof.agent.profile.ProfileSource;
import org.jvmpprof.agent.profile.ProfileType;
import org.jvmpprof.agent.profile.Row;
import org.jvmpprof.agent.profile.Snapshot;

/**
 * {@code /debug/pprof/delta_NAME}: what has come since the last request, the first time since the
 * agent started, as Grafana's godeltaprof serves it. There is one last request, whoever made it.
 */
final class DeltaRoute implements Route {
  private final String name;
  private final Profiles profiles;
  private @Nullable Snapshot last;

  DeltaRoute(String name, Profiles profiles) {
    this.name = name;
    this.profiles = profiles;
  }

  @Override
  public void serve(Query query, Client client, Reply reply)
      throws IOException, InterruptedException {
    ProfileSource source = profiles.find(name).orElse(null);
    if (source == null) {
      reply.error(Status.NOT_FOUND, "Unknown profile");
      return;
    }
    if (name.equals("heap") && query.number("gc") > 0) {
      profiles.collectGarbage();
    }
    reply.file(name + ".pprof.gz", profiles.proto(sinceLast(source)));
  }

  private synchronized Snapshot sinceLast(ProfileSource source) throws InterruptedException {
    Snapshot now = profiles.snapshot(source);
    Snapshot delta = last == null ? now : Delta.between(withoutStates(last), now);
    last = now;
    return delta;
  }

  /** Memory in use is no sum that grows: its values stay as they are. */
  private static Snapshot withoutStates(Snapshot before) {
    ProfileType type = before.type();
    List<Boolean> states =
        type.sampleTypes().stream().map(value -> value.type().startsWith("inuse_")).toList();
    List<Row> rows =
        before.rows().stream()
            .map(row -> new Row(row.stack(), row.labels(), zero(row.values(), states)))
            .toList();
    return new Snapshot(type, before.period(), before.epochNanos(), before.durationNanos(), rows);
  }

  private static List<Long> zero(List<Long> values, List<Boolean> which) {
    return IntStream.range(0, values.size())
        .mapToObj(i -> which.get(i) ? 0L : values.get(i))
        .toList();
  }
}
