package java.lang;

import java.util.function.ObjIntConsumer;

/**
 * Calls an action through frames that say which label set is in force, for everybody who looks at
 * the stack: the four calls stand on the lines of the four hexadecimal digits of the set's id. So
 * whoever samples a thread, by whatever means and however late it tells, has the labels of that
 * very moment.
 *
 * <p>Each method is small enough to be inlined, and the line of an inlined call is as exact as that
 * of any other.
 */
final class JvmPprofMarks implements ObjIntConsumer<Runnable> {
  JvmPprofMarks() {}

  /** For the agent, which cannot link this class, to see what marks look like. */
  @Override
  public void accept(Runnable action, int id) {
    a(id, action);
  }

  /**
   * Runs an action under the mark of a label set.
   *
   * @param id of at most four digits
   */
  static void a(int id, Runnable action) {
    switch (id >>> 12 & 15) {
      case 0 -> b(id, action);
      case 1 -> b(id, action);
      case 2 -> b(id, action);
      case 3 -> b(id, action);
      case 4 -> b(id, action);
      case 5 -> b(id, action);
      case 6 -> b(id, action);
      case 7 -> b(id, action);
      case 8 -> b(id, action);
      case 9 -> b(id, action);
      case 10 -> b(id, action);
      case 11 -> b(id, action);
      case 12 -> b(id, action);
      case 13 -> b(id, action);
      case 14 -> b(id, action);
      default -> b(id, action);
    }
  }

  private static void b(int id, Runnable action) {
    switch (id >>> 8 & 15) {
      case 0 -> c(id, action);
      case 1 -> c(id, action);
      case 2 -> c(id, action);
      case 3 -> c(id, action);
      case 4 -> c(id, action);
      case 5 -> c(id, action);
      case 6 -> c(id, action);
      case 7 -> c(id, action);
      case 8 -> c(id, action);
      case 9 -> c(id, action);
      case 10 -> c(id, action);
      case 11 -> c(id, action);
      case 12 -> c(id, action);
      case 13 -> c(id, action);
      case 14 -> c(id, action);
      default -> c(id, action);
    }
  }

  private static void c(int id, Runnable action) {
    switch (id >>> 4 & 15) {
      case 0 -> d(id, action);
      case 1 -> d(id, action);
      case 2 -> d(id, action);
      case 3 -> d(id, action);
      case 4 -> d(id, action);
      case 5 -> d(id, action);
      case 6 -> d(id, action);
      case 7 -> d(id, action);
      case 8 -> d(id, action);
      case 9 -> d(id, action);
      case 10 -> d(id, action);
      case 11 -> d(id, action);
      case 12 -> d(id, action);
      case 13 -> d(id, action);
      case 14 -> d(id, action);
      default -> d(id, action);
    }
  }

  private static void d(int id, Runnable action) {
    switch (id & 15) {
      case 0 -> action.run();
      case 1 -> action.run();
      case 2 -> action.run();
      case 3 -> action.run();
      case 4 -> action.run();
      case 5 -> action.run();
      case 6 -> action.run();
      case 7 -> action.run();
      case 8 -> action.run();
      case 9 -> action.run();
      case 10 -> action.run();
      case 11 -> action.run();
      case 12 -> action.run();
      case 13 -> action.run();
      case 14 -> action.run();
      default -> action.run();
    }
  }
}
