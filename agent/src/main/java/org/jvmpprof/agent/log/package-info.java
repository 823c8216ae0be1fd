@NullMarked
package org.jvmpprof.agent.log;

import org.jspecify.annotations.NullMarked;
