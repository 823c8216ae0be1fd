@NullMarked
package org.jvmpprof.agent.jfr;

import org.jspecify.annotations.NullMarked;
