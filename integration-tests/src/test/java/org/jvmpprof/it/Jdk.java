package org.jvmpprof.it;

import java.nio.file.Path;

/**
 * A JDK that child JVMs run on.
 *
 * @param version the feature version, e.g. 17
 * @param home its java.home
 */
record Jdk(int version, Path home) {

  /** One of its commands, e.g. {@code java}. */
  Path command(String name) {
    return home.resolve("bin").resolve(name);
  }
}
