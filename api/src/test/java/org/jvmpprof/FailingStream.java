package org.jvmpprof;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that takes nothing. */
final class FailingStream extends OutputStream {
  /** What it throws. */
  final IOException failure = new IOException("full");

  @Override
  public void write(int b) throws IOException {
    throw failure;
  }
}
