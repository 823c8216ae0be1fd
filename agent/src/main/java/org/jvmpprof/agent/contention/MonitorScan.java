package org.jvmpprof.agent.contention;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a class file has to do with monitors, method by method, read from its bytes without parsing
 * more of them than that takes: some fifty classes are scanned for one that is rewritten. It reads
 * plain arrays in plain loops: compiling it is most of what it costs while an application starts.
 */
final class MonitorScan {
  /** A method has a {@code monitorenter} that may get a hook. */
  static final int BLOCK = 1;

  /** A method calls {@code Object.wait}. */
  static final int WAIT = 2;

  /** A method is {@code synchronized} and has a body. */
  static final int SYNCHRONIZED = 4;

  private static final int TRAIT_BITS = 3;
  private static final int ACC_SYNCHRONIZED = 0x20;
  private static final int MAGIC = 0xCAFEBABE;

  private static final byte[] LENGTHS = InstructionLengths.lengths();

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

  /** Per method: where its code begins; 0 when it has none. */
  private int[] codes = {};

  /** The constant that was seen last to name an attribute with code. */
  private int codeName = -1;

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

  /** As {@link #traits(int)}, with every {@code monitorenter} whether it may get a hook or not. */
  int allTraits(int method) {
    int start = codes[method];
    return start == 0 ? traits(method) : traits(method) | readCode(start);
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
        int length = unsigned(at + 1);
        namesWait |= length == WAIT_NAME.length && isUtf8(i, WAIT_NAME);
        at += 3 + length;
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
      if (isCode(unsigned(attribute))) {
        int start = attribute + 14;
        codes[method] = start;
        int inCode = namesWait || catchesAll(start) ? readCode(start) : 0;
        return unsigned(attribute + 8) << TRAIT_BITS | inCode | flagTrait(at);
      }
      attribute = forward(attribute, 6 + (long) integer(attribute + 2));
    }
    return 0;
  }

  private boolean isCode(int name) {
    if (name != codeName && isUtf8(name, CODE)) {
      codeName = name;
    }
    return name == codeName;
  }

  /**
   * Whether a method has a handler for whatever is thrown. Compilers put one around each monitor
   * that is held, and hooks need it: the instructions of the other methods need not be read.
   */
  private boolean catchesAll(int start) {
    int rows = endOfCode(start);
    for (int row = rows + 2 + 8 * (unsigned(rows) - 1); row > rows; row -= 8) {
      if (unsigned(row + 6) == 0) {
        return true;
      }
    }
    return false;
  }

  private int endOfCode(int start) {
    return forward(start, integer(start - 4));
  }

  private int flagTrait(int method) {
    int name = constants[unsigned(method + 2)];
    // The JVM ignores the flag of a static initializer.
    boolean special = file[name + 3] == '<';
    return (unsigned(method) & ACC_SYNCHRONIZED) != 0 && !special ? SYNCHRONIZED : 0;
  }

  private int readCode(int start) {
    int traits = 0;
    int end = endOfCode(start);
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

  private static byte[] utf8(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }
}
