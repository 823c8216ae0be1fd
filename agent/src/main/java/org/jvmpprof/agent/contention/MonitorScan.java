package org.jvmpprof.agent.contention;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a class file has to do with monitors, method by method, read from its bytes without parsing
 * more of them than that takes: some fifty classes are scanned for one that is rewritten. It reads
 * plain arrays in plain loops: compiling it is most of what it costs while an application starts.
 */
final class MonitorScan {
  /** A method has a {@code monitorenter}. */
  static final int BLOCK = 1;

  /** A method calls {@code Object.wait}. */
  static final int WAIT = 2;

  /** A method is {@code synchronized} and has a body. */
  static final int SYNCHRONIZED = 4;

  private static final int TRAIT_BITS = 3;
  private static final int ACC_SYNCHRONIZED = 0x20;
  private static final int MAGIC = 0xCAFEBABE;

  /** Of each instruction, by opcode; 0 for what has none of its own. */
  private static final byte[] LENGTHS = lengths();

  /** Of each entry of the constant pool, by tag; 0 for what has none of its own. */
  private static final byte[] CONSTANT_LENGTHS = {
    0, 0, 0, 5, 5, 9, 9, 3, 3, 5, 5, 5, 5, 0, 0, 4, 3, 5, 5, 3, 3
  };

  private static final byte[] CODE = utf8("Code");
  private static final byte[] WAIT_NAME = utf8("wait");
  private static final byte[][] WAIT_DESCRIPTORS = {utf8("()V"), utf8("(J)V"), utf8("(JI)V")};
  private static final MonitorScan NOTHING = new MonitorScan(new byte[0]);

  private final byte[] file;
  private int[] constants = {};
  private boolean namesWait;

  /** Per method: its traits, and above them the number of its local variables. */
  private int[] methods = {};

  /** Per method: where its code begins. */
  private int[] codes = {};

  private int allTraits;

  private MonitorScan(byte[] classFile) {
    file = classFile;
  }

  /** Reads a class file; one that is malformed has nothing. */
  static MonitorScan of(byte[] classFile) {
    MonitorScan scan = new MonitorScan(classFile);
    try {
      scan.readClass();
      return scan;
    } catch (RuntimeException malformed) {
      return NOTHING;
    }
  }

  /** What any of the methods has: a union of {@link #BLOCK}, {@link #WAIT}, ... */
  int traits() {
    return allTraits;
  }

  /** What a method has, by its place in the class file, from 0. */
  int traits(int method) {
    return methods[method] & (1 << TRAIT_BITS) - 1;
  }

  /** The local variables of a method, in slots. */
  int maxLocals(int method) {
    return methods[method] >>> TRAIT_BITS;
  }

  /**
   * Where a handler has done nothing but to free a monitor; -1 if it does something else first.
   *
   * @param offset where it begins in the method's code
   */
  int endOfFreeing(int method, int offset) {
    int at = codes[method] + offset;
    int store = file[at] & 0xFF;
    if (store == 58 || (store >= 75 && store <= 78)) {
      at += LENGTHS[store];
    }
    int load = file[at] & 0xFF;
    if (load != 25 && (load < 42 || load > 45)) {
      return -1;
    }
    at += LENGTHS[load];
    return (file[at] & 0xFF) == 195 ? at + 1 - codes[method] : -1;
  }

  /** The class-file version, e.g. 61 for Java 17. */
  int majorVersion() {
    return unsigned(6);
  }

  private void readClass() {
    if (integer(0) != MAGIC) {
      throw new IllegalArgumentException();
    }
    int at = readConstants() + 6;
    at += 2 + 2 * unsigned(at);
    int fields = unsigned(at);
    at += 2;
    for (int i = 0; i < fields; i++) {
      at = endOfAttributes(at + 6);
    }
    methods = new int[unsigned(at)];
    codes = new int[methods.length];
    at += 2;
    for (int i = 0; i < methods.length; i++) {
      methods[i] = readMethod(i, at);
      allTraits |= traits(i);
      at = endOfAttributes(at + 6);
    }
  }

  private int readConstants() {
    constants = new int[unsigned(8)];
    int at = 10;
    for (int i = 1; i < constants.length; i++) {
      constants[i] = at;
      int tag = file[at];
      if (tag == 1) {
        namesWait |= isUtf8(i, WAIT_NAME);
        at += 3 + unsigned(at + 1);
      } else {
        // Long and double take two indices.
        i += tag == 5 || tag == 6 ? 1 : 0;
        at = forward(at, CONSTANT_LENGTHS[tag]);
      }
    }
    return at;
  }

  private int endOfAttributes(int at) {
    int end = at + 2;
    for (int i = unsigned(at); i > 0; i--) {
      end = forward(end, 6 + (long) integer(end + 2));
    }
    return end;
  }

  private int readMethod(int method, int at) {
    int attribute = at + 8;
    for (int i = unsigned(at + 6); i > 0; i--) {
      if (isUtf8(unsigned(attribute), CODE)) {
        codes[method] = attribute + 14;
        return unsigned(attribute + 8) << TRAIT_BITS | readCode(attribute) | flagTrait(at);
      }
      attribute = forward(attribute, 6 + (long) integer(attribute + 2));
    }
    return 0;
  }

  private int flagTrait(int method) {
    int name = constants[unsigned(method + 2)];
    // The JVM ignores the flag of a static initializer.
    boolean special = file[name + 3] == '<';
    return (unsigned(method) & ACC_SYNCHRONIZED) != 0 && !special ? SYNCHRONIZED : 0;
  }

  private int readCode(int attribute) {
    int traits = 0;
    int start = attribute + 14;
    int end = forward(start, integer(attribute + 10));
    int at = start;
    while (at < end) {
      int opcode = file[at] & 0xFF;
      if (opcode == 194) {
        traits |= BLOCK;
      } else if (namesWait && (opcode == 182 || opcode == 183) && isWait(unsigned(at + 1))) {
        traits |= WAIT;
      }
      int length = LENGTHS[opcode];
      at = length > 0 ? at + length : forward(at, variableLength(at, start));
    }
    return traits;
  }

  private long variableLength(int at, int codeStart) {
    int opcode = file[at] & 0xFF;
    int operands = at + 4 - (at - codeStart) % 4;
    return switch (opcode) {
      case 170 -> operands + 16L - at + 4 * ((long) integer(operands + 8) - integer(operands + 4));
      case 171 -> operands + 8L - at + 8L * integer(operands + 4);
      case 196 -> file[at + 1] == (byte) 132 ? 6 : 4;
      default -> 0;
    };
  }

  /** Whether a method reference is to one of the three forms; {@code wait} is final in Object. */
  private boolean isWait(int methodReference) {
    int nameAndType = constants[unsigned(constants[methodReference] + 3)];
    if (!isUtf8(unsigned(nameAndType + 1), WAIT_NAME)) {
      return false;
    }
    int descriptor = unsigned(nameAndType + 3);
    for (byte[] candidate : WAIT_DESCRIPTORS) {
      if (isUtf8(descriptor, candidate)) {
        return true;
      }
    }
    return false;
  }

  private boolean isUtf8(int constant, byte[] value) {
    int start = constants[constant] + 3;
    return unsigned(start - 2) == value.length
        && Arrays.equals(file, start, start + value.length, value, 0, value.length);
  }

  private int unsigned(int at) {
    return (file[at] & 0xFF) << 8 | (file[at + 1] & 0xFF);
  }

  private int integer(int at) {
    return unsigned(at) << 16 | unsigned(at + 2);
  }

  /** Malformed lengths must neither turn back nor stand still. */
  private int forward(int at, long length) {
    if (length <= 0 || at + length > file.length) {
      throw new IllegalArgumentException();
    }
    return (int) (at + length);
  }

  private static byte[] lengths() {
    byte[] lengths = new byte[256];
    int opcode = 0;
    int[][] runs = {
      {16, 1}, {1, 2}, {1, 3}, {1, 2}, {2, 3}, {5, 2}, {28, 1}, {5, 2}, {73, 1}, {1, 3}, {20, 1},
      {16, 3}, {1, 2}, {2, 0}, {6, 1}, {7, 3}, {2, 5}, {1, 3}, {1, 2}, {1, 3}, {2, 1}, {2, 3},
      {2, 1}, {1, 0}, {1, 4}, {2, 3}, {2, 5}
    };
    for (int[] run : runs) {
      Arrays.fill(lengths, opcode, opcode + run[0], (byte) run[1]);
      opcode += run[0];
    }
    return lengths;
  }

  private static byte[] utf8(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }
}
