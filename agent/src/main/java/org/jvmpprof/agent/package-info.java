@NullMarked
package org.jvmpprof.agent;

import org.jspecify.annotations.NullMarked;
