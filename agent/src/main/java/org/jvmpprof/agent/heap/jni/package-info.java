@NullMarked
package org.jvmpprof.agent.heap.jni;

import org.jspecify.annotations.NullMarked;
