package org.jvmpprof.it.programs;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jvmpprof.Pprof;

/**
 * Turns the heap profile on and keeps {@value #OBJECTS} megabytes after its first line of input,
 * turns it off after the second, both by what the argument names, and prints the JVM's number of
 * weak references.
 */
public final class HeapOffProgram {
  /** How many objects of a megabyte it keeps. */
  public static final int OBJECTS = 64;

  private static final Pattern WEAK = Pattern.compile("weak refs: (\\d+)");
  private static final List<byte[]> KEPT = new ArrayList<>();

  private HeapOffProgram() {}

  /** Runs. */
  public static void main(String[] args) throws Exception {
    printWeakReferences("before");
    Handshake.await();
    set(args[0], 16 << 10);
    keepOnNewThread();
    printWeakReferences("on");
    Handshake.await();
    set(args[0], 0);
    printWeakReferences("off");
    Handshake.await();
    System.out.println("kept=" + KEPT.size());
  }

  private static void set(String way, long rate) throws JMException {
    if (way.equals("jmx")) {
      // It comes last of all that attaching brings.
      while (!server().isRegistered(profiler())) {
        LockSupport.parkNanos(1_000_000);
      }
      server().setAttribute(profiler(), new Attribute("HeapBytes", rate));
    } else {
      Pprof.setMemProfileRate(rate);
    }
  }

  /** An old one takes its first sample by an older rate. */
  private static void keepOnNewThread() throws InterruptedException {
    Thread thread = new Thread(HeapOffProgram::keep);
    thread.start();
    thread.join();
  }

  private static void keep() {
    for (int i = 0; i < OBJECTS; i++) {
      KEPT.add(new byte[1 << 20]);
    }
  }

  private static void printWeakReferences(String when) throws JMException {
    String dump =
        (String)
            server()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "threadPrint",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    Matcher weak = WEAK.matcher(dump);
    System.out.println("weak." + when + "=" + (weak.find() ? weak.group(1) : "unknown"));
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  private static ObjectName profiler() throws JMException {
    return new ObjectName("org.jvmpprof:type=Profiler");
  }
}
