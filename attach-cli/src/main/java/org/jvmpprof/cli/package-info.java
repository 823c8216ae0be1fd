/**
 * The {@code jvm-pprof} command. It shares no class with the agent: what passes between them is the
 * option string and two system properties that the agent sets in the JVM it profiles.
 */
@NullMarked
package org.jvmpprof.cli;

import org.jspecify.annotations.NullMarked;
