package java.lang;

import java.util.function.LongConsumer;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;
import jdk.internal.loader.BootLoader;
import jdk.internal.misc.Unsafe;

/**
 * The JVM's own memory, for the agent's start. Inside java.base the JDK's internal packages can be
 * called as they are: none of them has to be opened to the application's module, and no call goes
 * through reflection, which is slow in a JVM that has just begun. The agent cannot link this class
 * and sees it as four functions of the JDK's types. It is not public: a mere application has no
 * business here.
 */
@SuppressWarnings("overloads") // of andThen, which nobody calls
final class JvmPprofMemory
    implements ToLongFunction<String>, LongUnaryOperator, LongToIntFunction, LongConsumer {
  private static final Unsafe UNSAFE = Unsafe.getUnsafe();

  JvmPprofMemory() {}

  /** The address of a symbol that the JVM's library exports, or 0. */
  @Override
  public long applyAsLong(String symbol) {
    return BootLoader.getNativeLibraries().find(symbol);
  }

  /** The eight bytes at an address. */
  @Override
  public long applyAsLong(long address) {
    return UNSAFE.getLong(address);
  }

  /** The byte at an address. */
  @Override
  public int applyAsInt(long address) {
    return UNSAFE.getByte(address);
  }

  /** Makes the byte at an address 1, which is C++'s true. */
  @Override
  public void accept(long address) {
    UNSAFE.putByte(address, (byte) 1);
  }
}
