package org.jvmpprof.agent.encode;

import org.jvmpprof.agent.stack.Function;
import org.jvmpprof.agent.stack.Location;
import org.jvmpprof.agent.stack.Table;

/**
 * The texts, functions and places of one profile by their ids, which are given out in sequence.
 * Each is defined where it is first asked for, before whatever refers to it.
 */
final class Definitions {
  private final Table<String, Long> strings = new Table<>();
  private final Table<Function, Long> functions = new Table<>();
  private final LocationIds locations = new LocationIds();
  private Fragment out;

  /** Defines in this fragment; the empty text is there from the start. */
  Definitions(Fragment out) {
    this.out = out;
    string("");
  }

  /** Goes on in another fragment. */
  void goOnIn(Fragment next) {
    out = next;
  }

  long string(String value) {
    Long known = strings.get(value);
    if (known != null) {
      return known;
    }
    long index = strings.size();
    strings.put(value, index);
    out.string(Fields.PROFILE_STRING_TABLE, value);
    return index;
  }

  int location(Location place) {
    int known = locations.get(place);
    return known == 0 ? newLocation(place) : known;
  }

  private int newLocation(Location place) {
    int id = locations.add(place);
    ProtoMessage line =
        new ProtoMessage()
            .number(Fields.LINE_FUNCTION_ID, function(place.function()))
            .number(Fields.LINE_LINE, place.line());
    out.message(
        Fields.PROFILE_LOCATION,
        new ProtoMessage()
            .number(Fields.LOCATION_ID, id)
            .number(Fields.LOCATION_MAPPING_ID, 1)
            .number(Fields.LOCATION_ADDRESS, place.address())
            .message(Fields.LOCATION_LINE, line));
    return id;
  }

  private long function(Function function) {
    Long known = functions.get(function);
    if (known != null) {
      return known;
    }
    long id = functions.size() + 1L;
    functions.put(function, id);
    out.message(
        Fields.PROFILE_FUNCTION,
        new ProtoMessage()
            .number(Fields.FUNCTION_ID, id)
            .number(Fields.FUNCTION_NAME, string(function.name()))
            .number(Fields.FUNCTION_SYSTEM_NAME, string(function.name()))
            .number(Fields.FUNCTION_FILENAME, string(function.file())));
    return id;
  }
}
