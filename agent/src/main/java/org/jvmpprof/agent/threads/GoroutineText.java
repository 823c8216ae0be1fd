package org.jvmpprof.agent.threads;

import java.util.List;
import java.util.stream.Collectors;
import org.jvmpprof.agent.profile.Label;
import org.jvmpprof.agent.stack.Frame;
import org.jvmpprof.agent.stack.Location;
import org.jvmpprof.agent.stack.Table;
import org.jvmpprof.agent.threads.LiveThreads.LiveThread;

/**
 * Threads in the form in which Go prints goroutines ({@code debug=2}): a record for each, a blank
 * line between two. What Java knows besides stands in the brackets after the state, where Go has
 * its labels: {@code goroutine 12 [monitor name:"worker" lock:java.lang.Object@1f owner:1
 * "main"]:}.
 */
final class GoroutineText {
  /** As Go's net/http/pprof. */
  private static final int MAX_CHARS = 64 << 20;

  /** As Go's traceback: so many frames at the leaf and at the root. */
  private static final int SHOWN_FRAMES = 50;

  private final LockOwners owners;
  private final LongWaits waits;
  private final ThreadStarts starts;
  private final ThreadLabels labels;
  private final Table<List<StackTraceElement>, Printed> printed = new Table<>();
  private final StringBuilder text = new StringBuilder();

  /** A stack and its text: most threads of a pool have equal ones. */
  private record Printed(List<Frame> frames, String text) {}

  GoroutineText(LockOwners owners, LongWaits waits, ThreadStarts starts, ThreadLabels labels) {
    this.owners = owners;
    this.waits = waits;
    this.starts = starts;
    this.labels = labels;
  }

  /** Adds a thread, as long as there is room. */
  void add(LiveThread live) {
    if (text.length() >= MAX_CHARS) {
      return;
    }
    Printed stack = print(live.stack());
    long id = JavaThreads.id(live.thread());
    text.append(text.length() == 0 ? "" : "\n")
        .append("goroutine " + id + " [" + ThreadState.of(live))
        .append(minutes(waits.minutes(id)))
        .append(" name:" + quote(live.thread().getName()))
        .append(owners.describe(id))
        .append(labels(labels.of(id, stack.frames).list()))
        .append("]:\n");
    text.append(stack.text);
    starts.of(live.thread()).ifPresent(this::addCreator);
  }

  /**
   * The whole.
   *
   * @param notVisited threads that are not in it
   */
  String end(long notVisited) {
    if (notVisited > 0) {
      text.append("\n...").append(notVisited).append(" goroutines elided...\n");
    }
    return text.toString();
  }

  private Printed print(List<StackTraceElement> stack) {
    Printed known = printed.get(stack);
    if (known == null) {
      List<Frame> frames = stack.stream().map(Frame::of).toList();
      known = new Printed(frames, text(labels.visible(frames)));
      printed.put(stack, known);
    }
    return known;
  }

  private static String text(List<Frame> frames) {
    StringBuilder lines = new StringBuilder();
    int elided = frames.size() - 2 * SHOWN_FRAMES;
    for (int i = 0; i < frames.size(); i++) {
      if (elided > 0 && i == SHOWN_FRAMES) {
        lines.append("...").append(elided).append(" frames elided...\n");
        i += elided;
      }
      Frame frame = frames.get(i);
      lines.append(frame.function().name()).append("(...)\n");
      lines.append(place(frame.function().file(), frame.line()));
    }
    return lines.toString();
  }

  private void addCreator(ThreadStarts.Start start) {
    List<Location> locations = start.stack().locations();
    if (locations.size() > 1) {
      // Behind Thread.start itself.
      Location creator = locations.get(1);
      text.append("created by " + creator.function().name())
          .append(" in goroutine " + start.parentId() + '\n');
      text.append(place(creator.function().file(), creator.line()));
    }
  }

  private static String place(String file, int line) {
    return '\t' + file + ':' + line + '\n';
  }

  private static String minutes(long waited) {
    return waited == 0 ? "" : ", " + waited + " minutes";
  }

  private static String labels(List<Label> labels) {
    if (labels.isEmpty()) {
      return "";
    }
    return labels.stream()
        .map(label -> quote(label.key()) + ": " + quote(label.text()))
        .collect(Collectors.joining(", ", " labels:{", "}"));
  }

  /** In quotes, on one line. */
  static String quote(String plain) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\x%02x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
