package org.jvmpprof.agent.http;

import java.io.IOException;

/** Answers requests of one kind. */
interface Route {
  /**
   * Answers a request; without an answer the client is sent nothing.
   *
   * @throws IOException when the client goes
   */
  void serve(Query query, Client client, Reply reply) throws IOException, InterruptedException;
}
