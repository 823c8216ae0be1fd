package org.jvmpprof.agent.heap;

import org.jvmpprof.agent.stack.Function;

/** Reads the class signatures of the JVM's tool interface. */
final class ClassName {
  private ClassName() {}

  /**
   * The name that {@link Class#getName} gives to a class that is no array, e.g. {@code
   * java.util.Map$Entry}, or {@code Foo$$Lambda/0x00007f1234} for {@code
   * LFoo$$Lambda.0x00007f1234;}.
   */
  static String binary(String signature) {
    String name =
        signature.startsWith("L")
            ? signature.substring(1, signature.length() - (signature.endsWith(";") ? 1 : 0))
            : signature;
    int hidden = name.indexOf('.');
    String known = hidden < 0 ? name : name.substring(0, hidden);
    return known.replace('/', '.') + (hidden < 0 ? "" : "/" + name.substring(hidden + 1));
  }

  /** As in source code, e.g. {@code byte[]}, {@code java.lang.String[][]}, {@code pkg.Foo}. */
  static String readable(String signature) {
    int dimensions = 0;
    while (dimensions < signature.length() && signature.charAt(dimensions) == '[') {
      dimensions++;
    }
    return element(signature.substring(dimensions)) + "[]".repeat(dimensions);
  }

  private static String element(String signature) {
    return switch (signature) {
      case "Z" -> "boolean";
      case "B" -> "byte";
      case "C" -> "char";
      case "S" -> "short";
      case "I" -> "int";
      case "J" -> "long";
      case "F" -> "float";
      case "D" -> "double";
      default -> Function.stableName(binary(signature));
    };
  }
}
