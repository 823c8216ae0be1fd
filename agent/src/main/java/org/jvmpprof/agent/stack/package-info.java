@NullMarked
package org.jvmpprof.agent.stack;

import org.jspecify.annotations.NullMarked;
