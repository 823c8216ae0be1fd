/**
 * What the hooks at monitors and in LockSupport cost; each benchmark runs with and without them.
 */
@NullMarked
package org.jvmpprof.benchmarks.contention;

import org.jspecify.annotations.NullMarked;
