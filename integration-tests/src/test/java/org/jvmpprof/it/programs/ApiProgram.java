package org.jvmpprof.it.programs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jvmpprof.Pprof;
import org.jvmpprof.Profile;

/**
 * Profiles itself through the Java API and prints what comes of it; the profiles go to files in the
 * working directory. With an argument it first waits for a line, with another one it installs the
 * agent with these options.
 */
public final class ApiProgram {
  private static final long BURN_NANOS = 1_000_000_000;

  private ApiProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException {
    if (args.length > 0) {
      Handshake.await();
    }
    try {
      if (args.length > 1) {
        Pprof.install(args[1]);
      }
      profile();
    } catch (IllegalStateException e) {
      print("thrown", e.getClass().getSimpleName());
      print("message", String.valueOf(e.getMessage()));
    }
    print("done", "true");
  }

  private static void profile() throws IOException {
    print("version", Pprof.agentVersion().orElse("none"));
    cpu();
    connections();
    rates();
    refusals();
  }

  private static void cpu() throws IOException {
    Path directory = Files.createDirectory(Path.of("api"));
    Pprof.stopCpuProfile();
    Cpu.burnNanos(BURN_NANOS / 2);
    try (OutputStream out = Files.newOutputStream(directory.resolve("cpu-api.pb.gz"))) {
      Pprof.startCpuProfile(out);
      printThrown("cpu.twice", () -> Pprof.startCpuProfile(OutputStream.nullOutputStream()));
      long begin = Cpu.threadNanos();
      busy();
      print("cpu.nanos", Long.toString(Cpu.threadNanos() - begin));
      Pprof.stopCpuProfile();
    }
    Cpu.burnNanos(BURN_NANOS / 2);
  }

  private static void busy() {
    Cpu.burnNanos(BURN_NANOS);
  }

  private static void connections() throws IOException {
    Profile connections = Pprof.newProfile("it.connections");
    for (int i = 0; i < 3; i++) {
      connect(connections, i);
    }
    connections.remove(0);
    connections.add("far", 1_000_000);
    print("connections", Integer.toString(connections.count()));
    print("found", Pprof.lookup("it.connections").orElseThrow().toString());
    print("profiles", Pprof.profiles().toString());
    try (OutputStream out = Files.newOutputStream(Path.of("connections.pb.gz"))) {
      connections.writeTo(out, 0);
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    connections.writeTo(text, 1);
    Files.writeString(Path.of("connections.txt"), text.toString(UTF_8));
  }

  private static void connect(Profile connections, int number) {
    connections.add(number, 0);
  }

  private static void rates() {
    Pprof.setBlockProfileRate(1);
    Pprof.setMemProfileRate(1 << 20);
    print("mutex.before", Integer.toString(Pprof.setMutexProfileFraction(5)));
    print("mutex.after", Integer.toString(Pprof.setMutexProfileFraction(-1)));
  }

  private static void refusals() {
    Profile connections = Pprof.lookup("it.connections").orElseThrow();
    printThrown("name.empty", () -> Pprof.newProfile(""));
    printThrown("name.inUse", () -> Pprof.newProfile("it.connections"));
    printThrown("name.builtIn", () -> Pprof.newProfile("heap"));
    printThrown("duplicate", () -> connections.add("far", 0));
    print("unknown", Pprof.lookup("<script>").toString());
  }

  private static void printThrown(String key, Runnable refused) {
    try {
      refused.run();
      print(key, "nothing thrown");
    } catch (IllegalStateException | IllegalArgumentException e) {
      print(key, String.valueOf(e.getMessage()));
    }
  }

  private static void print(String key, String value) {
    System.out.println(key + "=" + value);
  }
}
