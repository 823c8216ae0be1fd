package org.jvmpprof.agent;

import java.util.List;
import java.util.Optional;
import org.jvmpprof.agent.labels.StackLabels;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.threads.ThreadLabels;

/** Lets thread profiles read labels, where labels work. */
final class LabelsOfThreads implements ThreadLabels {
  private final Optional<StackLabels> labels;

  LabelsOfThreads(Optional<StackLabels> labels) {
    this.labels = labels;
  }

  @Override
  public Labels of(long threadId, List<Frame> frames) {
    return labels.map(known -> ofThread(threadId).with(known.of(frames))).orElse(Labels.NONE);
  }

  /** The labels that a thread was started with, as far as its stack does not say them. */
  Labels ofThread(long threadId) {
    return labels.map(known -> known.ofThread(threadId)).orElse(Labels.NONE);
  }

  @Override
  public List<Frame> visible(List<Frame> frames) {
    return StackLabels.without(frames);
  }
}
