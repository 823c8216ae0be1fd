package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /debug/pprof/cmdline}: this process's command and arguments, with NULs between. */
final class CommandLine implements Route {
  private static final Path LINUX = Path.of("/proc/self/cmdline");

  @Override
  public void serve(Query query, Client client, Reply reply) throws IOException {
    reply.text(read().getBytes(UTF_8));
  }

  private static String read() throws IOException {
    if (Files.isReadable(LINUX)) {
      String all = Files.readString(LINUX);
      return all.endsWith("\0") ? all.substring(0, all.length() - 1) : all;
    }
    ProcessHandle.Info info = ProcessHandle.current().info();
    Optional<String> known =
        info.arguments()
            .map(
                arguments ->
                    String.join(
                        "\0",
                        Stream.concat(info.command().stream(), Stream.of(arguments)).toList()));
    return known.orElseGet(() -> System.getProperty("sun.java.command", ""));
  }
}
