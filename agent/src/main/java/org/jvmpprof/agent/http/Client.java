package org.jvmpprof.agent.http;

import java.io.IOException;
import java.time.Duration;

/** Whoever waits for an answer. */
interface Client {
  /**
   * Waits.
   *
   * @return whether the client still wants its answer then; false as soon as it has gone
   */
  boolean staysFor(Duration span) throws IOException, InterruptedException;
}
