package org.jvmpprof.agent.options;

/**
 * One key that a user can set.
 *
 * @param byDefault the value, as a user would write it, when none is given
 * @param allowed what a value can be, as the end of a sentence "allowed: …"
 * @param meaning what a value does
 * @param example a value other than the default
 */
record Option<T>(
    String key,
    String byDefault,
    String allowed,
    String meaning,
    String example,
    ValueReader<T> reader) {}
