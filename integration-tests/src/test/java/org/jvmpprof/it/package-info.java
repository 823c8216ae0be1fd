@NullMarked
package org.jvmpprof.it;

import org.jspecify.annotations.NullMarked;
