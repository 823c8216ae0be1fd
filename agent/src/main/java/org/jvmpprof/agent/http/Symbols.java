package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/** {@code /debug/pprof/symbol?0x1+0x2}: the names of the functions at some addresses. */
final class Symbols implements Route {
  private final Profiles profiles;

  Symbols(Profiles profiles) {
    this.profiles = profiles;
  }

  @Override
  public void serve(Query query, Client client, Reply reply) {
    // What it says there is only looked at for being 0 or not.
    StringBuilder answer = new StringBuilder("num_symbols: 1\n");
    for (String word : query.raw().split("\\+", -1)) {
      long address = address(word);
      profiles
          .functionAt(address)
          .ifPresent(
              name ->
                  answer
                      .append("0x")
                      .append(Long.toHexString(address))
                      .append(' ')
                      .append(name)
                      .append('\n'));
    }
    reply.text(answer.toString().getBytes(UTF_8));
  }

  /** 0 for what is no number; none is there. */
  private static long address(String word) {
    try {
      return Long.decode(word);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
