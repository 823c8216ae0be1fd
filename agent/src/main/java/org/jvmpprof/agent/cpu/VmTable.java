package org.jvmpprof.agent.cpu;

/**
 * What one of HotSpot's tables says about one C++ type. By these tables HotSpot describes its own
 * data to the serviceability agent (vmStructs.hpp): arrays of rows, in which a type's rows follow
 * one another; further exported variables tell where a row's columns are.
 */
final class VmTable {
  /** Some ten times what any HotSpot has: a table without an end is none. */
  private static final int MAX_ROWS = 10_000;

  private final JvmMemory memory;
  private final String entry;
  private final String type;
  private final long rowBytes;
  private final long typeOffset;
  private final long firstRow;

  /**
   * Finds the first row.
   *
   * @param kind {@code Struct}, a row per field, or {@code Type}, one row
   * @throws IllegalStateException when the table or the type is missing
   */
  VmTable(JvmMemory memory, String kind, String type) {
    this.memory = memory;
    this.type = type;
    String name = "gHotSpotVM".concat(kind);
    entry = name.concat("Entry");
    rowBytes = memory.variable(entry.concat("ArrayStride"));
    typeOffset = offset("TypeName");
    firstRow = find(memory.variable(name.concat("s")));
  }

  /** What stands in a column of eight bytes, e.g. {@code Size}, of the type's first row. */
  long get(String column) {
    return memory.longs().applyAsLong(firstRow + offset(column));
  }

  /**
   * What stands in a column of eight bytes, e.g. {@code Offset}, of a field's row.
   *
   * @throws IllegalStateException when there is no such field
   */
  long get(String field, String column) {
    long fieldOffset = offset("FieldName");
    for (long row = firstRow; memory.isText(typeName(row), type); row += rowBytes) {
      if (memory.isText(memory.longs().applyAsLong(row + fieldOffset), field)) {
        return memory.longs().applyAsLong(row + offset(column));
      }
    }
    throw new IllegalStateException("this JVM does not describe its field " + type + "::" + field);
  }

  private long find(long start) {
    long row = start;
    long unlike = 0;
    for (int i = 0; i < MAX_ROWS; i++, row += rowBytes) {
      long name = typeName(row);
      if (name == 0) {
        break;
      }
      // A type's rows share one name: it need not be read again for each.
      if (name != unlike && memory.isText(name, type)) {
        return row;
      }
      unlike = name;
    }
    throw new IllegalStateException("this JVM does not describe its type " + type);
  }

  private long typeName(long row) {
    return memory.longs().applyAsLong(row + typeOffset);
  }

  private long offset(String column) {
    return memory.variable(entry.concat(column).concat("Offset"));
  }
}
