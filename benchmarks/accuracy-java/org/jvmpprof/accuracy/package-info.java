/**
 * How near the profiles are to the truth, and to async-profiler's own: the tables of
 * docs/accuracy.md.
 */
package org.jvmpprof.accuracy;
