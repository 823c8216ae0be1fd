package org.jvmpprof.agent.profile;

/**
 * What a number in a profile means.
 *
 * @param type e.g. {@code cpu}
 * @param unit e.g. {@code nanoseconds}
 */
public record ValueType(String type, String unit) {}
