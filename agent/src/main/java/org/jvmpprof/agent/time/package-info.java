@NullMarked
package org.jvmpprof.agent.time;

import org.jspecify.annotations.NullMarked;
