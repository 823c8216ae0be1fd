@NullMarked
package org.jvmpprof.agent.http;

import org.jspecify.annotations.NullMarked;
