@NullMarked
package org.jvmpprof.agent.event;

import org.jspecify.annotations.NullMarked;
