/** What an application may ask and tell the profiler: Go's runtime/pprof for the JVM. */
@NullMarked
package org.jvmpprof;

import org.jspecify.annotations.NullMarked;
