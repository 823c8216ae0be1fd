package java.lang;

/** What a thread knows of its labels. Used by that thread alone. */
class JvmPprofLabelCell {
  /** The labels in force; null for none. */
  JvmPprofLabels labels;

  /** How often the thread has been put on a carrier, as far as that is watched. */
  int mounts;

  /** Called after the labels have changed back to what they were before the last mount. */
  void restored() {}
}
