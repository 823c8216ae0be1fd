/** Programs that tests instrument; an agent leaves its own packages alone. */
@NullMarked
package org.jvmpprof.shapes;

import org.jspecify.annotations.NullMarked;
