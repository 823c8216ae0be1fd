package org.jvmpprof.it.programs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import org.jvmpprof.Pprof;
import org.jvmpprof.Profile;

/** An application that does one thing after the other and says what came of it. */
public final class Tenant implements UnaryOperator<String> {
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
      default -> throw new IllegalArgumentException("cannot " + action);
    }
    return "done";
  }

  private static Profile sessions() {
    return Pprof.lookup(NAME).orElseGet(() -> Pprof.newProfile(NAME));
  }
}
