@NullMarked
package org.jvmpprof.agent.cpu;

import org.jspecify.annotations.NullMarked;
