package org.jvmpprof.agent.encode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jvmpprof.agent.stack.Location;

/** The lines that explain a stack's addresses, in columns as Go's text/tabwriter aligns them. */
final class FrameLines {
  private static final int TAB = 8;
  private static final int PADDING = 1;

  private FrameLines() {}

  /** One line per place, leaf first. */
  static List<String> of(List<Location> places) {
    int addressWidth = width(places, FrameLines::address);
    int nameWidth = width(places, FrameLines::name);
    List<String> lines = new ArrayList<>(places.size());
    for (Location place : places) {
      String file = place.function().file() + ':' + place.line();
      lines.add("#\t" + cell(address(place), addressWidth) + cell(name(place), nameWidth) + file);
    }
    return lines;
  }

  private static String address(Location place) {
    return "0x" + Long.toHexString(place.address());
  }

  private static String name(Location place) {
    return place.function().name() + "+0x" + Integer.toHexString(place.line());
  }

  /** The width of a column, in whole tabs. */
  private static int width(List<Location> places, Function<Location, String> text) {
    int longest = places.stream().mapToInt(place -> length(text.apply(place))).max().orElse(0);
    return (longest + PADDING + TAB - 1) / TAB * TAB;
  }

  private static String cell(String text, int width) {
    return text + "\t".repeat((width - length(text) + TAB - 1) / TAB);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
