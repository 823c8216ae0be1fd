package org.jvmpprof.agent.stack;

/**
 * A function as the profile names it.
 *
 * @param name {@code pkg.Class.method} for Java, the symbol for native code, {@code [jvm] …} for
 *     work of the JVM itself
 * @param file path relative to a source root, e.g. {@code pkg/Class.java}; empty where there is
 *     none
 */
public record Function(String name, String file) {
  /** What stands for events that were dropped, and for stacks that are not there. */
  public static final Function LOST_EVENT = named("jvmpprof.lostProfileEvent");

  /** A function without a source file: native code, the kernel, the JVM. */
  public static Function named(String name) {
    return new Function(name, "");
  }

  /**
   * A Java method. Names that the JVM makes up anew each time (hidden classes, accessors that
   * reflection generates) lose their number, so that equal code has one name.
   *
   * @param className binary name with dots, e.g. {@code java.util.Map$Entry} or {@code
   *     Foo$$Lambda/0x00007f1234}
   * @param methodName the method's name, {@code <init>} and {@code <clinit>} included
   */
  public static Function java(String className, String methodName) {
    String stable = stableName(className);
    return new Function(stable + '.' + methodName, sourceFile(stable));
  }

  // What the compiler makes for a record is linked at run time, for milliseconds of start-up.
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Function function
            && name.equals(function.name)
            && file.equals(function.file));
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** A class's name without the number that the JVM makes up anew each time. */
  public static String stableName(String className) {
    int hidden = className.indexOf("/0x");
    String name = hidden < 0 ? className : className.substring(0, hidden);
    // JDK 17 writes Foo$$Lambda$14/0x…, newer ones Foo$$Lambda/0x…
    int lambda = name.indexOf("$$Lambda");
    if (lambda >= 0) {
      return name.substring(0, lambda + "$$Lambda".length());
    }
    return name.contains(".Generated") ? withoutNumber(name) : name;
  }

  private static String withoutNumber(String name) {
    int end = name.length();
    while (end > 0 && Character.isDigit(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end);
  }

  private static String sourceFile(String className) {
    int simple = className.lastIndexOf('.') + 1;
    // A name may begin with $, as in jdk.proxy1.$Proxy7.
    int nested = className.indexOf('$', simple + 1);
    String outer = nested < 0 ? className : className.substring(0, nested);
    return outer.replace('.', '/') + ".java";
  }
}
