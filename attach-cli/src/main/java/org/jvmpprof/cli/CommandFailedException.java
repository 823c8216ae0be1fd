package org.jvmpprof.cli;

import org.jspecify.annotations.Nullable;

/**
 * What the user asked for cannot be done. The message is one line, made to be read as it stands.
 */
final class CommandFailedException extends Exception {
  private static final long serialVersionUID = 1;

  CommandFailedException(String line) {
    super(line);
  }

  CommandFailedException(String line, @Nullable Throwable cause) {
    super(line, cause);
  }
}
