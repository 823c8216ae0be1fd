package org.jvmpprof.agent.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The labels of a sample: at most one per key, sorted by key. Immutable. */
public final class Labels {
  /** No label at all, which most samples have. */
  public static final Labels NONE = new Labels(List.of());

  private final List<Label> sorted;
  private final int hash;

  private Labels(List<Label> sorted) {
    this.sorted = sorted;
    this.hash = sorted.hashCode();
  }

  /** One text label. */
  public static Labels of(String key, String text) {
    return new Labels(List.of(new Label(key, text, 0)));
  }

  /**
   * These labels and one more, which replaces the one of the same key (Go's {@code WithLabels}).
   */
  public Labels with(Label label) {
    List<Label> more = new ArrayList<>(sorted);
    more.removeIf(known -> known.key().equals(label.key()));
    more.add(label);
    more.sort(Comparator.comparing(Label::key));
    return new Labels(List.copyOf(more));
  }

  /** These labels and others, which win. */
  public Labels with(Labels others) {
    Labels all = this;
    for (Label label : others.sorted) {
      all = all.with(label);
    }
    return all;
  }

  /** The labels, sorted by key. */
  public List<Label> list() {
    return sorted;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Labels labels && hash == labels.hash && sorted.equals(labels.sorted));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
