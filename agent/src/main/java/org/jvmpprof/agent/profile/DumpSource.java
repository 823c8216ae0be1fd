package org.jvmpprof.agent.profile;

/** A profile that has a text of its own besides rows: Go's {@code debug=2}. Thread-safe. */
public interface DumpSource {
  /** Everything as of now, in the form in which a Go program that crashes prints goroutines. */
  String dump();
}
