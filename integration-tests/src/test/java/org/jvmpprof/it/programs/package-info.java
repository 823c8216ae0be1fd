/**
 * What the child JVMs run. Each program measures for itself what a profile of it must show, and
 * prints that as {@code key=value} lines to standard output.
 */
@NullMarked
package org.jvmpprof.it.programs;

import org.jspecify.annotations.NullMarked;
