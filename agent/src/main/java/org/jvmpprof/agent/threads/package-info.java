@NullMarked
package org.jvmpprof.agent.threads;

import org.jspecify.annotations.NullMarked;
