package org.jvmpprof.agent.http;

import java.io.IOException;

/** What a client has sent is no request that this server answers. */
final class BadRequestException extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  BadRequestException(int status) {
    super(Status.text(status));
    this.status = status;
  }

  int status() {
    return status;
  }
}
