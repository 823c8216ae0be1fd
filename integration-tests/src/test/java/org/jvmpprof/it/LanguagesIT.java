package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.List;
import kotlin.Lazy;
import org.jvmpprof.it.programs.LanguagesProgram;
import scala.collection.immutable.LazyList;

/** Monitors as kotlinc and scalac compile them. */
class LanguagesIT {
  @OnEachJdk
  void monitorsOfOtherLanguages_anyCompiler_areSeen(Java java) {
    for (String mode : List.of("-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation")) {
      Path profiles = java.directory().resolve(mode.replaceAll("\\W", ""));
      ChildJvm program =
          java.program(LanguagesProgram.class)
              .library(Lazy.class)
              .library(LazyList.class)
              .flags(mode, "-Xverify:all")
              .agent(profiles, "block=1ns", "mutex=1")
              .run();

      assertThat(program.value("kotlin")).isEqualTo(42);
      assertThat(program.value("scala")).isEqualTo(43);
      isSeen("kotlin\\.SynchronizedLazyImpl\\..*", profiles, program.value("kotlin.nanos"));
      isSeen("scala\\.collection\\.immutable\\.LazyList.*", profiles, program.value("scala.nanos"));
    }
  }

  private static void isSeen(String library, Path profiles, long nanos) {
    for (ContentionProfile profile :
        List.of(ContentionProfile.block(profiles), ContentionProfile.mutex(profiles))) {
      ContentionProfile seen = profile.endingIn(library);
      assertThat(seen.contentions()).isEqualTo(1);
      assertThat(seen.delayNanos()).isCloseTo(nanos, withinPercentage(10));
    }
  }
}
