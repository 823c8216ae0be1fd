package org.jvmpprof;

import org.jspecify.annotations.Nullable;

/** Nothing profiles this JVM; the message says how to change that, or what stands against it. */
public final class NoAgentException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  NoAgentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
