package org.jvmpprof.it.programs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jvmpprof.Labels;
import org.jvmpprof.Pprof;
import org.jvmpprof.Profile;

/**
 * An application that does one thing after the other and says what came of it. It executes tasks
 * under a label that says under how many others.
 */
public final class Tenant implements UnaryOperator<String>, Executor {
  private static final String NAME = "it.sessions";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Begins. */
  public Tenant() {}

  @Override
  public String apply(String action) {
    try {
      return act(action);
    } catch (IllegalStateException | IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void execute(Runnable task) {
    Labels.of("case" + Labels.current().toMap().size(), "tenant").run(task);
  }

  private String act(String action) throws IOException {
    switch (action) {
      case "install" -> Pprof.install("dir=");
      case "open" -> sessions().add(this, 0);
      case "count" -> {
        return Integer.toString(sessions().count());
      }
      case "start" -> Pprof.startCpuProfile(out);
      case "stop" -> Pprof.stopCpuProfile();
      case "bytes" -> {
        return Boolean.toString(out.size() > 0);
      }
      case "labels" -> {
        return Labels.current().toString();
      }
      case "goroutine" -> {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Pprof.lookup("goroutine").orElseThrow().writeTo(text, 1);
        return text.toString(UTF_8);
      }
      default -> throw new IllegalArgumentException("cannot " + action);
    }
    return "done";
  }

  private static Profile sessions() {
    return Pprof.lookup(NAME).orElseGet(() -> Pprof.newProfile(NAME));
  }
}
