@NullMarked
package org.jvmpprof.agent.jvm;

import org.jspecify.annotations.NullMarked;
