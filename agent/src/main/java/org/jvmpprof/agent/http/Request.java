package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The head of a request. A body is never read.
 *
 * @param method e.g. {@code GET}
 * @param path decoded, begins with a slash
 * @param rawQuery what follows the question mark, as it was sent
 * @param headers by name in lower case; of several of a name the last
 */
record Request(String method, String path, String rawQuery, Map<String, String> headers) {
  private static final int MAX_HEAD_BYTES = 16 << 10;

  /**
   * Reads a request up to the end of its head.
   *
   * @throws BadRequestException when it is none
   * @throws IOException when the client goes or is too slow
   */
  static Request read(InputStream in) throws IOException {
    Budget budget = new Budget(in);
    String[] first = budget.line().split(" ", -1);
    if (first.length != 3 || !first[2].startsWith("HTTP/")) {
      throw new BadRequestException(Status.BAD_REQUEST);
    }
    if (!first[2].startsWith("HTTP/1.")) {
      throw new BadRequestException(Status.VERSION_NOT_SUPPORTED);
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = budget.line(); !line.isEmpty(); line = budget.line()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new BadRequestException(Status.BAD_REQUEST);
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    return of(first[0], first[1], headers);
  }

  private static Request of(String method, String target, Map<String, String> headers)
      throws BadRequestException {
    // What a proxy is sent has the whole URL.
    String relative = target.replaceFirst("^(?i)https?://[^/?]*", "");
    int question = relative.indexOf('?');
    String path = question < 0 ? relative : relative.substring(0, question);
    String query = question < 0 ? "" : relative.substring(question + 1);
    try {
      String decoded = URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
      return new Request(method, decoded.isEmpty() ? "/" : decoded, query, headers);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(Status.BAD_REQUEST);
    }
  }

  Query query() {
    return new Query(rawQuery);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Whether the client sends more than the head. */
  boolean hasBody() {
    return headers.containsKey("transfer-encoding") || !header("content-length").matches("0?");
  }

  /** Reads lines of a head that may not become too large. */
  private static final class Budget {
    private final InputStream in;
    private int leftBytes = MAX_HEAD_BYTES;

    Budget(InputStream in) {
      this.in = in;
    }

    String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = read(); c != '\n'; c = read()) {
        line.append((char) c);
      }
      int end = line.length();
      return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
    }

    private int read() throws IOException {
      if (leftBytes-- == 0) {
        throw new BadRequestException(Status.HEAD_TOO_LARGE);
      }
      int c = in.read();
      if (c < 0) {
        throw new IOException("the client has gone");
      }
      return c;
    }
  }
}
