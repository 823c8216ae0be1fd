package org.jvmpprof.agent.heap;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MethodsTest {
  private static final int MANY = 100_000;

  private long loadedFrom;

  private final Methods methods =
      new Methods(
          new FakeSampler() {
            @Override
            public String @Nullable [] method(long id) {
              return id < loadedFrom ? null : new String[] {"Lsite/Class;", "method" + id % 10};
            }
          });

  @Test
  void frame_classesUnloadedAllTheTime_keepsThoseThatAreLoaded() {
    for (long id = 0; id < MANY; id++) {
      loadedFrom = Math.max(0, id - 10);
      assertThat(methods.frame(id, 5).function().name()).isEqualTo("site.Class.method" + id % 10);
    }
    assertThat(methods.size()).isLessThanOrEqualTo(1024);
  }

  @Test
  void frame_sameNamesInManyClasses_areOneObject() {
    assertThat(methods.frame(7, 5).function()).isSameAs(methods.frame(17, 5).function());
  }

  @Test
  void frame_everMoreMethods_areForgottenInTheEnd() {
    for (long id = 0; id < MANY; id++) {
      methods.frame(id, 5);
    }
    assertThat(methods.size()).isLessThanOrEqualTo(1 << 15);
  }
}
