package org.jvmpprof.agent.stack;

/**
 * One frame of a stack.
 *
 * @param function what ran
 * @param line where in its file; 0 where not known
 */
public record Frame(Function function, int line) {}
