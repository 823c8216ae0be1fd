package org.jvmpprof.agent;

import java.util.List;
import java.util.Optional;
import org.jvmpprof.agent.cpu.CutStacks;
import org.jvmpprof.agent.event.Event;
import org.jvmpprof.agent.labels.Labelling;
import org.jvmpprof.agent.labels.StackLabels;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.threads.ThreadLabels;

/** Reads the labels of samples and threads, as soon as labels work, and where they do. */
final class LabelsOfThreads implements ThreadLabels, CutStacks {
  private volatile Optional<Labelling> labelling = Optional.empty();
  private boolean watched;

  /** Puts in what labels need; they count from {@link #ready} on. */
  synchronized void start(Surroundings around) {
    labelling = Labelling.start(around.instrumentation(), around.log());
    watch(watched);
  }

  /** Lets applications use labels. */
  void ready() {
    labelling.ifPresent(Labelling::ready);
  }

  /** Takes back what is not in use any more; called by the drainer. */
  void sweep() {
    labelling.ifPresent(Labelling::sweep);
  }

  /** The event with the labels that its stack tells. */
  Event labelled(Event event) {
    return stacks().map(known -> known.labelled(event)).orElse(event);
  }

  @Override
  public Labels of(long threadId, List<Frame> frames) {
    return stacks().map(known -> ofThread(threadId).with(known.of(frames))).orElse(Labels.NONE);
  }

  /** The labels that a thread was started with, as far as its stack does not say them. */
  Labels ofThread(long threadId) {
    return stacks().map(known -> known.ofThread(threadId)).orElse(Labels.NONE);
  }

  @Override
  public synchronized void watch(boolean on) {
    watched = on;
    stacks().ifPresent(known -> known.recordMounts(on));
  }

  @Override
  public List<Frame> completed(List<Frame> frames, long threadId, long nanoTime) {
    return stacks().map(known -> known.completed(frames, threadId, nanoTime)).orElse(frames);
  }

  @Override
  public List<Frame> visible(List<Frame> frames) {
    return StackLabels.without(frames);
  }

  private Optional<StackLabels> stacks() {
    return labelling.map(Labelling::stacks);
  }
}
