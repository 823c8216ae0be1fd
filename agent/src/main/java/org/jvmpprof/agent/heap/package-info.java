@NullMarked
package org.jvmpprof.agent.heap;

import org.jspecify.annotations.NullMarked;
