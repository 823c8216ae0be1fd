/** JMH benchmarks, one class per question: {@code baselineX} beside {@code measureX}. */
@NullMarked
package org.jvmpprof.benchmarks;

import org.jspecify.annotations.NullMarked;
