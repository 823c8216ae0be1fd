package org.jvmpprof.agent.cpu;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Constructor;
import java.util.function.LongConsumer;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;
import org.jvmpprof.agent.jvm.JavaBase;

/**
 * The memory of the JVM itself, by address. An address that is not the JVM's may end the process.
 *
 * @param symbols the address of an exported symbol, 0 when there is none
 * @param longs the eight bytes at an address
 * @param bytes the byte at an address
 * @param ones makes the byte at an address 1
 */
record JvmMemory(
    ToLongFunction<String> symbols,
    LongUnaryOperator longs,
    LongToIntFunction bytes,
    LongConsumer ones) {

  @SuppressWarnings("unchecked") // what java.lang.JvmPprofMemory implements
  static JvmMemory open(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    if (!"64".equals(System.getProperty("sun.arch.data.model"))) {
      throw new IllegalStateException("the pointers of this JVM are not of 64 bits");
    }
    Constructor<?> constructor =
        JavaBase.define(instrumentation, "JvmPprofMemory").getDeclaredConstructor();
    constructor.setAccessible(true);
    Object memory = constructor.newInstance();
    return new JvmMemory(
        (ToLongFunction<String>) memory,
        (LongUnaryOperator) memory,
        (LongToIntFunction) memory,
        (LongConsumer) memory);
  }

  /**
   * Reads an exported variable of eight bytes.
   *
   * @throws IllegalStateException when the JVM does not export it
   */
  long variable(String symbol) {
    long address = symbols.applyAsLong(symbol);
    if (address == 0) {
      throw new IllegalStateException("this JVM has no symbol " + symbol);
    }
    return longs.applyAsLong(address);
  }

  /** Whether exactly this ASCII text is at the address, as a C string. */
  boolean isText(long address, String text) {
    if (address == 0) {
      return false;
    }
    // Compared in place: reading a thousand names to look for one is what takes time here.
    for (int i = 0; i < text.length(); i++) {
      if (bytes.applyAsInt(address + i) != text.charAt(i)) {
        return false;
      }
    }
    return bytes.applyAsInt(address + text.length()) == 0;
  }
}
