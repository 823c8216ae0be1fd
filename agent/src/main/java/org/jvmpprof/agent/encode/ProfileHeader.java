package org.jvmpprof.agent.encode;

import org.jvmpprof.agent.profile.ProfileType;

/**
 * What a profile says of itself, beside its rows.
 *
 * @param type the kind of profile
 * @param period how many of {@code type.periodType()} lie between two samples
 * @param startEpochNanos when it began
 * @param application the name that viewers show after {@code File:}
 */
public record ProfileHeader(
    ProfileType type, long period, long startEpochNanos, String application) {}
