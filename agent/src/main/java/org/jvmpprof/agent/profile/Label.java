package org.jvmpprof.agent.profile;

/**
 * One label of a sample.
 *
 * @param key what it says something of, e.g. {@code handler}
 * @param text its value; empty for a numeric label
 * @param number its value in units of the key, e.g. {@code bytes}; 0 for a text label
 */
public record Label(String key, String text, long number) {
  // What the compiler makes for a record is linked at run time, for milliseconds of start-up.
  @Override
  public boolean equals(Object other) {
    return other instanceof Label label
        && number == label.number
        && key.equals(label.key)
        && text.equals(label.text);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * key.hashCode() + text.hashCode()) + Long.hashCode(number);
  }
}
