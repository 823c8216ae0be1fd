package org.jvmpprof.agent.heap;

/** Why there are no heap profiles in this JVM, and what to do, in one line for people. */
public final class HeapUnavailableException extends Exception {
  HeapUnavailableException(String message) {
    super(message);
  }

  HeapUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
