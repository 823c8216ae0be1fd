@NullMarked
package org.jvmpprof.agent.store;

import org.jspecify.annotations.NullMarked;
