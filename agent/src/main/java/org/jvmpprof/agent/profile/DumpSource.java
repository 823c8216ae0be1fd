package org.jvmpprof.agent.profile;

/** A profile that can also be written out in full, one thing after the other: Go's debug=2. */
public interface DumpSource extends ProfileSource {
  /** Everything as of now, as text that ends with a line's end. */
  String dump();
}
