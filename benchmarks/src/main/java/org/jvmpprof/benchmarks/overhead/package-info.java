/**
 * The comparison: equal programs without a profiler, with jvm-pprof, async-profiler and JFR, side
 * by side in one run.
 */
@NullMarked
package org.jvmpprof.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;
