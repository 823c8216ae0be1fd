package java.lang;

/**
 * One start of a platform thread, on its way to the agent: a throwable that is never thrown, whose
 * stack is the one that started the thread.
 */
final class JvmPprofStart extends Throwable {
  final Thread child;
  final Thread parent;

  /** The start before this one, of those that the agent has not taken yet. */
  JvmPprofStart earlier;

  /** How many there are before this one. */
  int earlierStarts;

  JvmPprofStart(Thread child, Thread parent) {
    this.child = child;
    this.parent = parent;
  }
}
