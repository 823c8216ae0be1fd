package org.jvmpprof.agent.options;

/** A value that an option does not take; the message says what is wrong with it, in a few words. */
final class BadValueException extends Exception {
  private static final long serialVersionUID = 1L;

  BadValueException(String message) {
    super(message, null, false, false);
  }
}
