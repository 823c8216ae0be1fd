package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;

/** The parameters of a request, read as leniently as Go's handlers read them. */
final class Query {
  private final String raw;
  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads a query; a pair that is not well-formed counts as not given, and of several of a name the
   * first counts.
   *
   * @param raw what follows the question mark
   */
  Query(String raw) {
    this.raw = raw;
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      try {
        values.putIfAbsent(URLDecoder.decode(key, UTF_8), URLDecoder.decode(value, UTF_8));
      } catch (IllegalArgumentException e) {
        // A lone percent sign.
      }
    }
  }

  /** All of it, as it was sent. */
  String raw() {
    return raw;
  }

  /** A parameter's value; empty when it is not given. */
  String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** A whole number; 0 when it is none or not given. */
  long number(String name) {
    try {
      return Long.parseLong(text(name));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** A number, perhaps with a fraction; 0 when it is none or not given. */
  double fraction(String name) {
    try {
      double value = Double.parseDouble(text(name));
      return Double.isFinite(value) ? value : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
