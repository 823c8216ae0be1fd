package org.jvmpprof.agent.cpu;

/** HotSpot's flags, the {@code -XX} ones, where they lie in its memory (jvmFlag.hpp, JDK 17 on). */
final class HotSpotFlags {
  /** {@code JVMFlag::TYPE_bool}, the first of its enumeration. */
  private static final int TYPE_BOOL = 0;

  /** Some ten times what any HotSpot has. */
  private static final int MAX_FLAGS = 20_000;

  private final JvmMemory memory;
  private final VmTable fields;
  private final long flagBytes;

  HotSpotFlags(JvmMemory memory) {
    this.memory = memory;
    fields = new VmTable(memory, "Struct", "JVMFlag");
    flagBytes = new VmTable(memory, "Type", "JVMFlag").get("Size");
  }

  /**
   * Makes a flag true, whoever may set it by the rules; one that is true already stays so.
   *
   * @throws IllegalStateException when there is no such flag, or it does not look like a boolean;
   *     nothing has been written then
   */
  void turnOn(String name) {
    long flag = find(name);
    long type = flag + offset("_type");
    for (int i = 0; i < Integer.BYTES; i++) {
      require(memory.bytes().applyAsInt(type + i) == TYPE_BOOL, name, "is not a bool");
    }
    long address = memory.longs().applyAsLong(flag + offset("_addr"));
    require(address != 0, name, "has no address");
    int value = memory.bytes().applyAsInt(address);
    require(value == 0 || value == 1, name, "is neither true nor false");
    if (value == 0) {
      memory.ones().accept(address);
    }
  }

  private long find(String name) {
    long count = variable("numFlags");
    require(count > 0 && count < MAX_FLAGS, name, "is in a list of impossible length");
    long nameOffset = offset("_name");
    long flag = variable("flags");
    for (int i = 0; i < count; i++, flag += flagBytes) {
      if (memory.isText(memory.longs().applyAsLong(flag + nameOffset), name)) {
        return flag;
      }
    }
    throw new IllegalStateException("this JVM has no flag " + name);
  }

  private long variable(String staticField) {
    return memory.longs().applyAsLong(fields.get(staticField, "Address"));
  }

  private long offset(String field) {
    return fields.get(field, "Offset");
  }

  private static void require(boolean holds, String flag, String otherwise) {
    if (!holds) {
      throw new IllegalStateException("the flag " + flag + ' ' + otherwise);
    }
  }
}
