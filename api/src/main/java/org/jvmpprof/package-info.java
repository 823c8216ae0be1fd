/** What an application may ask and tell the profiler. */
@NullMarked
package org.jvmpprof;

import org.jspecify.annotations.NullMarked;
