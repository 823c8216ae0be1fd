/** A Spring Boot application of the usual kind: web server, database, object mapping, metrics. */
@NullMarked
package org.jvmpprof.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
