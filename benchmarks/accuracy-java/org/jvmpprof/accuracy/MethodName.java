package org.jvmpprof.accuracy;

import java.util.regex.Pattern;

/** Names that two processes agree on. */
final class MethodName {
  private static final Pattern HIDDEN = Pattern.compile("(\\$\\$Lambda|\\$\\w+)[^.]*[./]0x\\w+");

  private MethodName() {}

  /** Without the number that tells one hidden class of a process from another. */
  static String normal(String name) {
    return HIDDEN.matcher(name).replaceFirst("$1");
  }
}
