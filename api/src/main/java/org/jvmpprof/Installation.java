package org.jvmpprof;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Loads the carried agent into this JVM. */
final class Installation {
  private Installation() {}

  static synchronized void install(String options) {
    if (!RunningAgent.isThere()) {
      load(quoted(options));
    }
    if (RunningAgent.await() == null) {
      throw new NoAgentException(RunningAgent.SILENT, null);
    }
  }

  private static void load(String quotedOptions) {
    try {
      Path jar = AgentJar.extract();
      String failure = DiagnosticCommand.loadAgent(quoted(jar.toString()), quotedOptions);
      if (failure != null) {
        throw refused(failure, null);
      }
    } catch (IOException e) {
      throw refused(e.toString(), e);
    } catch (LinkageError e) {
      throw refused("it needs the modules java.management and jdk.management", e);
    }
  }

  private static NoAgentException refused(String reason, @Nullable Throwable cause) {
    return new NoAgentException(
        "the agent cannot be loaded: "
            + reason
            + "; start the JVM with -javaagent:jvm-pprof-agent.jar instead",
        cause);
  }

  /** As an argument of a diagnostic command, which knows quotes but no way to escape them. */
  private static String quoted(String argument) {
    char quote = argument.indexOf('"') < 0 ? '"' : '\'';
    if (argument.indexOf(quote) >= 0 || argument.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "both kinds of quotes, or control characters, in: " + argument);
    }
    return quote + argument + quote;
  }
}
