/** What serving profiles costs: programs for {@code benchmarks/http}. */
@NullMarked
package org.jvmpprof.benchmarks.http;

import org.jspecify.annotations.NullMarked;
