package org.jvmpprof.it.programs;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jvmpprof.Pprof;

/**
 * Keeps {@value #OBJECTS} megabytes after its first line of input, turns the heap profile off after
 * the second by what the argument names, and prints the JVM's number of weak references.
 */
public final class HeapOffProgram {
  /** How many objects of a megabyte it keeps. */
  public static final int OBJECTS = 64;

  private static final Pattern WEAK = Pattern.compile("weak refs: (\\d+)");
  private static final List<byte[]> KEPT = new ArrayList<>();

  private HeapOffProgram() {}

  /** Runs. */
  public static void main(String[] args) throws IOException, JMException {
    printWeakReferences("before");
    Handshake.await();
    keep();
    printWeakReferences("on");
    Handshake.await();
    if (args[0].equals("jmx")) {
      server().setAttribute(profiler(), new Attribute("HeapBytes", 0L));
    } else {
      Pprof.setMemProfileRate(0);
    }
    printWeakReferences("off");
    Handshake.await();
    System.out.println("kept=" + KEPT.size());
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
