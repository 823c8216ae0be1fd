package java.lang;

/** What a thread does from its start on, with the labels of the thread that started it. */
final class JvmPprofInherited implements Runnable {
  final JvmPprofLabels labels;
  private final Runnable task;

  JvmPprofInherited(JvmPprofLabels labels, Runnable task) {
    this.labels = labels;
    this.task = task;
  }

  @Override
  public void run() {
    labels.accept(task);
  }
}
