package org.jvmpprof.agent.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jvmpprof.agent.control.TraceRecorder;

/** What is served where, as Go's net/http/pprof registers it. */
final class Routes {
  /** What is no profile of a registry; the index lists it, too. */
  static final List<String> FIXED = List.of("cmdline", "profile", "symbol", "trace");

  private static final String ROOT = "/debug/pprof/";

  private final Profiles profiles;
  private final Map<String, Route> byName = new HashMap<>();

  Routes(Profiles profiles, TraceRecorder recorder) {
    this.profiles = profiles;
    byName.put("", new IndexPage(profiles));
    byName.put("cmdline", new CommandLine());
    byName.put("profile", new CpuRoute(profiles));
    byName.put("symbol", new Symbols(profiles));
    byName.put("trace", new TraceRoute(recorder));
    for (String name : List.of("block", "mutex", "heap")) {
      byName.put("delta_" + name, new DeltaRoute(name, profiles));
    }
  }

  /** Java's word for it, unless the application has a profile of that name. */
  private String profile(String name) {
    return name.equals("threads") && profiles.find(name).isEmpty() ? "goroutine" : name;
  }

  /** Answers a request that may come in. */
  void serve(Request request, Client client, Reply reply) throws IOException, InterruptedException {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      reply.header("Allow", "GET, HEAD");
      reply.refuse(Status.METHOD_NOT_ALLOWED, Status.text(Status.METHOD_NOT_ALLOWED));
    } else if (request.path().startsWith(ROOT)) {
      String name = request.path().substring(ROOT.length());
      Route route = byName.get(name);
      Route chosen = route == null ? new ProfileRoute(profile(name), profiles) : route;
      chosen.serve(request.query(), client, reply);
    } else if (request.path().equals("/debug/pprof")) {
      String query = request.rawQuery().isEmpty() ? "" : '?' + request.rawQuery();
      reply.header("Location", ROOT + query);
      reply.refuse(Status.TEMPORARY_REDIRECT, Status.text(Status.TEMPORARY_REDIRECT));
    } else {
      reply.refuse(Status.NOT_FOUND, "404 page not found");
    }
  }
}
