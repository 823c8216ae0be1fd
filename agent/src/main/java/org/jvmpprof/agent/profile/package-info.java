@NullMarked
package org.jvmpprof.agent.profile;

import org.jspecify.annotations.NullMarked;
