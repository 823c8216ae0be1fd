@NullMarked
package org.jvmpprof.agent.labels;

import org.jspecify.annotations.NullMarked;
