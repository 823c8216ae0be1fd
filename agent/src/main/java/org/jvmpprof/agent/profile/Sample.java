package org.jvmpprof.agent.profile;

import org.jvmpprof.agent.stack.Stack;

/**
 * One drained event of a profile with two sample types.
 *
 * @param epochNanos when it happened, nanoseconds since 1970 UTC
 * @param stack where
 * @param labels of what kind
 * @param count the first value, e.g. samples or contentions
 * @param amount the second value, e.g. nanoseconds of CPU time or delay
 */
public record Sample(long epochNanos, Stack stack, Labels labels, long count, long amount) {}
