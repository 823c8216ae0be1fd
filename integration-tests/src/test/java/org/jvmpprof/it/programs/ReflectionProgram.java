package org.jvmpprof.it.programs;

/** Asks for what the JVM lets no code of the class path have. */
public final class ReflectionProgram {
  private ReflectionProgram() {}

  /** Runs. */
  public static void main(String[] args) throws NoSuchFieldException {
    System.out.println("agent=" + System.getProperty("jvmpprof.version"));
    System.out.println("granted=" + Thread.class.getDeclaredField("name").trySetAccessible());
  }
}
