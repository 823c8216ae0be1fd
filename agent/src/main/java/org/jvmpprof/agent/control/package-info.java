@NullMarked
package org.jvmpprof.agent.control;

import org.jspecify.annotations.NullMarked;
