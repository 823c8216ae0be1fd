package org.jvmpprof.agent.cpu;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Memory laid out as HotSpot lays out its tables and flags, with columns in another order and of
 * other widths than the real ones have: whoever reads it has to believe the exported variables.
 */
final class FakeJvm {
  private static final int FLAG_BYTES = 40;

  private record Flag(String name, int type, int value) {}

  private final ByteBuffer heap = ByteBuffer.allocate(1 << 14).order(ByteOrder.nativeOrder());
  private final Map<String, Long> symbols = new HashMap<>();
  private final Map<String, String> fieldNames = new HashMap<>();
  private final List<String> hidden = new ArrayList<>();
  private final List<Flag> flags = new ArrayList<>();
  private final Map<String, Integer> values = new HashMap<>();
  private String type = "JVMFlag";
  private long extraFlags;
  private int writes;

  FakeJvm flag(String name, int flagType, int value) {
    flags.add(new Flag(name, flagType, value));
    return this;
  }

  FakeJvm claimFlags(long count) {
    extraFlags = count - flags.size();
    return this;
  }

  FakeJvm hide(String symbol) {
    hidden.add(symbol);
    return this;
  }

  FakeJvm renameField(String from, String to) {
    fieldNames.put(from, to);
    return this;
  }

  FakeJvm renameType(String to) {
    type = to;
    return this;
  }

  int value(String flag) {
    return heap.get(values.getOrDefault(flag, 0));
  }

  int writes() {
    return writes;
  }

  /** Lays everything out; addresses are indices, and nothing is at 0. */
  JvmMemory memory() {
    heap.position(16);
    int count = longs(flags.size() + extraFlags);
    int table = flagTable();
    structs(longs(table), count);
    types();
    hidden.forEach(symbols::remove);
    ToLongFunction<String> find = symbol -> symbols.getOrDefault(symbol, 0L);
    return new JvmMemory(
        find, at -> heap.getLong((int) at), at -> heap.get((int) at), this::writeOne);
  }

  private void writeOne(long address) {
    writes++;
    heap.put((int) address, (byte) 1);
  }

  private int flagTable() {
    List<int[]> pointers = new ArrayList<>();
    for (Flag flag : flags) {
      int value = heap.position();
      heap.put((byte) flag.value());
      values.put(flag.name(), value);
      pointers.add(new int[] {text(flag.name()), value});
    }
    int table = heap.position();
    for (int i = 0; i < flags.size(); i++) {
      int row = table + i * FLAG_BYTES;
      heap.putInt(row + 4, flags.get(i).type());
      heap.putLong(row + 16, pointers.get(i)[0]);
      heap.putLong(row + 24, pointers.get(i)[1]);
    }
    heap.position(table + flags.size() * FLAG_BYTES);
    return table;
  }

  private void structs(int flagsVariable, int countVariable) {
    List<long[]> rows = new ArrayList<>();
    rows.add(new long[] {text("JVMFlagging"), text("_type"), 99, 99});
    long name = text(type);
    rows.add(new long[] {name, field("_type"), 4, 0});
    rows.add(new long[] {name, field("_name"), 16, 0});
    rows.add(new long[] {name, field("_addr"), 24, 0});
    rows.add(new long[] {name, field("flags"), 0, flagsVariable});
    rows.add(new long[] {name, field("numFlags"), 0, countVariable});
    table("Struct", rows, "TypeName", "FieldName", "Offset", "Address");
  }

  private void types() {
    List<long[]> rows = new ArrayList<>();
    rows.add(new long[] {text("JVM"), 99});
    rows.add(new long[] {text(type), FLAG_BYTES});
    table("Type", rows, "TypeName", "Size");
  }

  private void table(String kind, List<long[]> rows, String... columns) {
    int rowBytes = (columns.length + 1) * Long.BYTES;
    int start = heap.position();
    for (int i = 0; i < rows.size(); i++) {
      for (int column = 0; column < columns.length; column++) {
        int at = start + i * rowBytes + (columns.length - column) * Long.BYTES;
        heap.putLong(at, rows.get(i)[column]);
      }
    }
    heap.position(start + (rows.size() + 1) * rowBytes);
    String prefix = "gHotSpotVM" + kind;
    symbols.put(prefix + "s", (long) longs(start));
    symbols.put(prefix + "EntryArrayStride", (long) longs(rowBytes));
    for (int column = 0; column < columns.length; column++) {
      long offset = (long) (columns.length - column) * Long.BYTES;
      symbols.put(prefix + "Entry" + columns[column] + "Offset", (long) longs(offset));
    }
  }

  private int field(String name) {
    return text(fieldNames.getOrDefault(name, name));
  }

  private int text(String text) {
    int at = heap.position();
    heap.put(text.getBytes(US_ASCII)).put((byte) 0);
    return at;
  }

  private int longs(long value) {
    int at = heap.position();
    heap.putLong(value);
    return at;
  }
}
