package java.lang;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * A place in the table of label sets: what is known of a set, also after nobody has it any more.
 */
final class JvmPprofLabelSlot extends WeakReference<JvmPprofLabels> {
  final int id;
  final int hash;
  final String[] pairs;

  /** The next of the same bucket. */
  volatile JvmPprofLabelSlot next;

  /** When the set was found to be gone, on the clock of the sweeps. */
  long goneMillis;

  JvmPprofLabelSlot(
      JvmPprofLabels set, ReferenceQueue<JvmPprofLabels> gone, int hash, String[] pairs) {
    super(set, gone);
    this.id = set.id;
    this.hash = hash;
    this.pairs = pairs;
  }
}
