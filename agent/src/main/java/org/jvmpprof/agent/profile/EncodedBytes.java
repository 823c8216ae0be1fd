package org.jvmpprof.agent.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Set;
import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Location;
import org.jvmpprof.agent.stack.Table;

/**
 * What rows take in profile.proto before compression, never less than it is. Places, functions and
 * texts count where they first occur, and ids in the order in which they are given out.
 */
final class EncodedBytes {
  private static final int BITS_PER_BYTE = 7;

  /** Tag and length of a message or a field of bytes. */
  private static final int FRAME = 4;

  /** A number with its tag that is an id or an index. */
  private static final int ID = 4;

  private static final int LABEL = FRAME + 2 * ID;

  /** A place and its line, but for the numbers that can be large. */
  private static final int PLACE = 2 * FRAME + 3 * ID;

  private static final int FUNCTION = FRAME + 4 * ID;

  private final Table<Location, Integer> places = new Table<>();
  private final Table<Function, Boolean> functions = new Table<>();
  private final Set<String> texts = new HashSet<>();
  private long sum;

  /** Adds a row; the sum so far. */
  long add(Row row) {
    sum += 3 * FRAME;
    row.values().forEach(value -> sum += varint(value));
    for (Location place : row.stack().locations()) {
      Integer id = places.get(place);
      if (id == null) {
        id = places.size() + 1;
        places.put(place, id);
        addPlace(place);
      }
      sum += varint(id);
    }
    for (Label label : row.labels().list()) {
      sum += LABEL + varint(label.number());
      addText(label.key());
      addText(label.text());
    }
    return sum;
  }

  private void addPlace(Location place) {
    sum += PLACE + varint(place.address()) + varint(place.line());
    Function function = place.function();
    if (functions.get(function) == null) {
      functions.put(function, true);
      sum += FUNCTION;
      addText(function.name());
      addText(function.file());
    }
  }

  private void addText(String text) {
    if (texts.add(text)) {
      sum += FRAME + text.getBytes(UTF_8).length;
    }
  }

  private static int varint(long number) {
    int bytes = 1;
    for (long rest = number >>> BITS_PER_BYTE; rest != 0; rest >>>= BITS_PER_BYTE) {
      bytes++;
    }
    return bytes;
  }
}
