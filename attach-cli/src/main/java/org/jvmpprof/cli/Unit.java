package org.jvmpprof.cli;

import java.util.Locale;
import org.jvmpprof.proto.Profile;

/** How the numbers of a profile are printed. */
enum Unit {
  SECONDS("s", 1e9, 2),
  MEGABYTES("MB", 1 << 20, 2),
  COUNT("", 1, 0);

  private final String name;
  private final double scale;
  private final int digits;

  Unit(String name, double scale, int digits) {
    this.name = name;
    this.scale = scale;
    this.digits = digits;
  }

  /** The unit of the last value of a profile's samples, which viewers show first. */
  static Unit of(Profile profile) {
    int types = profile.getSampleTypeCount();
    String unit =
        types == 0
            ? "nanoseconds"
            : profile.getStringTable((int) profile.getSampleType(types - 1).getUnit());
    return switch (unit) {
      case "nanoseconds" -> SECONDS;
      case "bytes" -> MEGABYTES;
      default -> COUNT;
    };
  }

  /** A number with its unit, e.g. {@code 1.25s}. */
  String print(long value) {
    return String.format(Locale.ROOT, "%." + digits + "f%s", value / scale, name);
  }
}
