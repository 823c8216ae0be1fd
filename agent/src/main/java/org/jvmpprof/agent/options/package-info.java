@NullMarked
package org.jvmpprof.agent.options;

import org.jspecify.annotations.NullMarked;
