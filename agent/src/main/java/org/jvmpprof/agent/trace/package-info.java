@NullMarked
package org.jvmpprof.agent.trace;

import org.jspecify.annotations.NullMarked;
