@NullMarked
package org.jvmpprof.agent.contention;

import org.jspecify.annotations.NullMarked;
