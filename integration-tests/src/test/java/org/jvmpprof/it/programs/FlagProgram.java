package org.jvmpprof.it.programs;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Prints the JVM flag that is the argument, with its value. */
public final class FlagProgram {
  private FlagProgram() {}

  /** Runs. */
  public static void main(String[] args) {
    HotSpotDiagnosticMXBean hotSpot =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    System.out.println(args[0] + "=" + hotSpot.getVMOption(args[0]).getValue());
  }
}
