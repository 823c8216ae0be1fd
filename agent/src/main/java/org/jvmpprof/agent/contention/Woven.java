package org.jvmpprof.agent.contention;

import java.util.List;

/** A class file that has been rewritten. */
final class Woven {
  /** Begins what names a method that the JVM itself locks. */
  static final String SYNCHRONIZED = "synchronized ";

  private final byte[] classFile;
  private final boolean flagsDropped;
  private final List<String> unhooked;

  /**
   * A class file and what became of its methods.
   *
   * @param unhooked names and descriptors of the methods that enter monitors without a hook; after
   *     {@link #SYNCHRONIZED} when it is the method itself, otherwise a block in it
   */
  Woven(byte[] classFile, boolean flagsDropped, List<String> unhooked) {
    this.classFile = classFile;
    this.flagsDropped = flagsDropped;
    this.unhooked = List.copyOf(unhooked);
  }

  byte[] classFile() {
    return classFile;
  }

  /** Whether methods that were {@code synchronized} are so by instructions now. */
  boolean flagsDropped() {
    return flagsDropped;
  }

  List<String> unhooked() {
    return unhooked;
  }
}
