package org.jvmpprof.agent;

import java.util.regex.Pattern;

/** What viewers show after {@code File:} — the application's main class or jar. */
final class ApplicationName {
  /** At most one slash, behind a module's name. */
  private static final Pattern CLASS = Pattern.compile("([\\w.]+/)?[\\w$.]+");

  private ApplicationName() {}

  /**
   * The name in a launcher's command.
   *
   * @param command the system property {@code sun.java.command}: main class, {@code module/class}
   *     or path of a jar, then arguments; empty where the JVM was not started by a launcher
   */
  static String of(String command) {
    int jar = command.indexOf(".jar");
    int space = command.indexOf(' ');
    // A jar's path may have spaces in it; an argument may name a jar.
    boolean isJar = jar >= 0 && (space < 0 || jar < space || !isClassName(command, space));
    int end = isJar ? jar + ".jar".length() : space;
    String first = end < 0 ? command : command.substring(0, end);
    String name = first.substring(Math.max(first.lastIndexOf('/'), first.lastIndexOf('\\')) + 1);
    return name.isEmpty() ? "java" : name;
  }

  private static boolean isClassName(String command, int end) {
    return CLASS.matcher(command.substring(0, end)).matches();
  }
}
