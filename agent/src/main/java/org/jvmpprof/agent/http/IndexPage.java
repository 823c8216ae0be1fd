package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Map;
import java.util.TreeMap;
import org.jvmpprof.agent.profile.ProfileSource;

/** {@code /debug/pprof/}: what there is, for people. */
final class IndexPage implements Route {
  private static final Map<String, String> DESCRIPTIONS =
      Map.ofEntries(
          Map.entry("allocs", "All memory that was allocated since the agent started, sampled"),
          Map.entry("block", "Where threads had to wait for locks, conditions and queues"),
          Map.entry("cmdline", "The command and the arguments of this JVM"),
          Map.entry("goroutine", "The stacks of all threads; debug=2 shows each on its own"),
          Map.entry("heap", "The objects in use, sampled; gc=1 collects garbage first"),
          Map.entry("mutex", "Where locks were released that other threads were waiting for"),
          Map.entry("profile", "CPU time; seconds=N for how long, then see it with go tool pprof"),
          Map.entry("symbol", "The functions at the addresses in the query"),
          Map.entry("threadcreate", "Where the threads that are alive were started"),
          Map.entry("trace", "A recording of JDK Flight Recorder; seconds=N for how long"));

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html>
      <head><meta charset="utf-8"><title>/debug/pprof/</title></head>
      <body>
      <p>/debug/pprof/</p>
      <p>Set debug=1 as a query parameter to export in legacy text format</p>
      <p>Types of profiles available:</p>
      <table>
      <tr><th>Count</th><th>Profile</th></tr>
      %s</table>
      <p><a href="goroutine?debug=2">full goroutine stack dump</a></p>
      <p>Profile Descriptions:</p>
      <ul>
      %s</ul>
      </body>
      </html>
      """;

  private final Profiles profiles;

  IndexPage(Profiles profiles) {
    this.profiles = profiles;
  }

  @Override
  public void serve(Query query, Client client, Reply reply) {
    Map<String, Long> counts = new TreeMap<>();
    Routes.FIXED.forEach(name -> counts.put(name, 0L));
    for (ProfileSource source : profiles.all()) {
      counts.put(source.type().name(), profiles.count(source));
    }
    StringBuilder rows = new StringBuilder();
    StringBuilder items = new StringBuilder();
    counts.forEach(
        (name, count) -> {
          rows.append(
              "<tr><td>%d</td><td><a href=\"%s?debug=1\">%s</a></td></tr>\n"
                  .formatted(count, escapedUrl(name), escapedHtml(name)));
          items.append("<li>%s: %s</li>\n".formatted(escapedHtml(name), description(name)));
        });
    reply.page(PAGE.formatted(rows, items));
  }

  /** Empty for profiles of the application's own. */
  static String description(String name) {
    return DESCRIPTIONS.getOrDefault(name, "");
  }

  private static String escapedUrl(String name) {
    return URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }

  private static String escapedHtml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }
}
