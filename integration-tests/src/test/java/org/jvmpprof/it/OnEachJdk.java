package org.jvmpprof.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that takes a {@link Java} and runs once per JDK. A JDK that is not there skips its run and
 * says so, unless {@value Jdks#REQUIRED} in the environment names it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(OnEachJdkExtension.class)
@interface OnEachJdk {
  /** Feature versions. */
  int[] value() default {17, 25};
}
