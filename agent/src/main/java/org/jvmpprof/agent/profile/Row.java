package org.jvmpprof.agent.profile;

import java.util.List;
import org.jvmpprof.agent.stack.Stack;

/**
 * One row of a profile.
 *
 * @param stack where
 * @param labels of what kind
 * @param values as many as the profile has sample types, in their order
 */
public record Row(Stack stack, Labels labels, List<Long> values) {}
