package org.jvmpprof.agent.jvm;

import java.io.File;

/**
 * The disk that JFR writes its repository to. A JVM whose flight recorder finds it full ends itself
 * ({@code JfrJavaSupport::abort}), so the agent must be out of JFR before that.
 */
public final class JfrDisk {
  /** More than a fast writer can fill between two looks, a tenth of a second apart. */
  private static final long RESERVE_BYTES = 128 << 20;

  private JfrDisk() {}

  /** Where JFR writes, or will write. */
  public static File repository() {
    String repository = System.getProperty("jdk.jfr.repository");
    return new File(repository != null ? repository : System.getProperty("java.io.tmpdir", "."));
  }

  /** Whether it is safe to go on. */
  public static boolean mayGoOn(File repository) {
    return usableBytes(repository) >= RESERVE_BYTES;
  }

  /** Whether it is safe to begin: with more room than to go on, or it would soon end again. */
  public static boolean mayBegin(File repository) {
    return usableBytes(repository) >= 2 * RESERVE_BYTES;
  }

  /** JFR removes its directory at exit, and makes it anew when someone else has removed it. */
  private static long usableBytes(File repository) {
    File there = repository.exists() ? repository : repository.getAbsoluteFile().getParentFile();
    return there == null ? 0 : there.getUsableSpace();
  }
}
