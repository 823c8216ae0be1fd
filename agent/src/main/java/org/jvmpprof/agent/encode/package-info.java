@NullMarked
package org.jvmpprof.agent.encode;

import org.jspecify.annotations.NullMarked;
