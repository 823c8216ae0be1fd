package java.lang;

import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A set of labels that code can run under; equal sets are one object, as long as there are not too
 * many. Immutable, but for what it remembers of merging.
 *
 * <p>Hot path: a scope allocates nothing, takes no lock and asks no map but the thread's own.
 *
 * <p>Applications call it through jvm-pprof's api, which sees it as functions of the JDK's types.
 */
public final class JvmPprofLabels implements Executor, Consumer<Runnable>, Supplier<String[]> {
  /** A power of two. */
  private static final int REMEMBERED_MERGES = 8;

  /** Each thread's, which is null where there never were any labels. */
  private static final ThreadLocal<JvmPprofLabelCell> CELLS = new ThreadLocal<>();

  /** Whether any label set was ever made; threads of other applications start as ever. */
  static boolean used;

  final int id;
  final String[] pairs;
  private JvmPprofLabels[][] merges;

  JvmPprofLabels(int id, String[] pairs) {
    this.id = id;
    this.pairs = pairs;
  }

  /**
   * The one label set with these labels.
   *
   * @param pairs keys and values in turn, sorted by key, each key once
   */
  public static JvmPprofLabels of(String[] pairs) {
    used = true;
    return JvmPprofLabelTable.intern(pairs.clone());
  }

  /** The labels in force on the current thread; null for none. */
  public static JvmPprofLabels current() {
    return used ? cell().labels : null;
  }

  /** Runs an action with these labels over those in force, which hold again afterwards. */
  @Override
  public void execute(Runnable action) {
    JvmPprofLabelCell cell = cell();
    JvmPprofLabels outer = cell.labels;
    run(cell, outer == null ? this : over(outer), action);
  }

  /** Runs an action with these labels in place of those in force, which hold again afterwards. */
  @Override
  public void accept(Runnable action) {
    run(cell(), this, action);
  }

  /** The keys and values in turn, sorted by key. */
  @Override
  public String[] get() {
    return pairs.clone();
  }

  private static void run(JvmPprofLabelCell cell, JvmPprofLabels inner, Runnable action) {
    JvmPprofLabels outer = cell.labels;
    int mounts = cell.mounts;
    cell.labels = inner;
    try {
      JvmPprofMarks.a(inner.id, action);
    } finally {
      cell.labels = outer;
      if (cell.mounts != mounts) {
        cell.restored();
      }
    }
  }

  private static JvmPprofLabelCell cell() {
    JvmPprofLabelCell cell = CELLS.get();
    return cell == null ? newCell() : cell;
  }

  private static JvmPprofLabelCell newCell() {
    Thread current = Thread.currentThread();
    JvmPprofLabelCell cell = JvmPprofMounted.cell(current);
    cell.labels = JvmPprofThreadLabels.of(current);
    CELLS.set(cell);
    return cell;
  }

  /** These labels and others, of which those win that have the same key. */
  private JvmPprofLabels over(JvmPprofLabels outer) {
    JvmPprofLabels[][] known = merges;
    // Benign races: a pair never changes, and what is lost is merged again.
    JvmPprofLabels[] pair = known == null ? null : known[outer.id & (REMEMBERED_MERGES - 1)];
    return pair != null && pair[0] == outer && pair[1] != null ? pair[1] : merge(outer);
  }

  private JvmPprofLabels merge(JvmPprofLabels outer) {
    JvmPprofLabels merged = JvmPprofLabelTable.intern(merged(outer.pairs, pairs));
    JvmPprofLabels[][] known = merges;
    if (known == null) {
      known = new JvmPprofLabels[REMEMBERED_MERGES][];
      merges = known;
    }
    known[outer.id & (REMEMBERED_MERGES - 1)] = new JvmPprofLabels[] {outer, merged};
    return merged;
  }

  private static String[] merged(String[] outer, String[] inner) {
    String[] all = new String[outer.length + inner.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < outer.length || j < inner.length) {
      int order = order(outer, i, inner, j);
      String[] from = order < 0 ? outer : inner;
      int at = order < 0 ? i : j;
      all[size] = from[at];
      all[size + 1] = from[at + 1];
      size += 2;
      i += order <= 0 ? 2 : 0;
      j += order >= 0 ? 2 : 0;
    }
    return Arrays.copyOf(all, size);
  }

  private static int order(String[] outer, int i, String[] inner, int j) {
    if (i == outer.length) {
      return 1;
    }
    return j == inner.length ? -1 : outer[i].compareTo(inner[j]);
  }
}
