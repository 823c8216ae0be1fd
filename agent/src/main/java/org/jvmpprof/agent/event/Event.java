package org.jvmpprof.agent.event;

import java.util.List;
import org.jvmpprof.agent.profile.Labels;
import org.jvmpprof.agent.stack.Frame;

/**
 * One thing that happened, on its way from a producer to the drainer.
 *
 * @param epochNanos when it happened, nanoseconds since 1970 UTC
 * @param frames where, leaf first
 * @param labels of what kind
 * @param count the first value, e.g. samples or contentions
 * @param amount the second value, e.g. nanoseconds of CPU time or delay
 */
public record Event(long epochNanos, List<Frame> frames, Labels labels, long count, long amount) {}
