@NullMarked
package org.jvmpprof.agent.drain;

import org.jspecify.annotations.NullMarked;
