@NullMarked
package org.jvmpprof.cli;

import org.jspecify.annotations.NullMarked;
