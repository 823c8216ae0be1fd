package org.jvmpprof.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.jvmpprof.it.OnEachJdkExtension.OnJdk;

class OnEachJdkTest {
  private static final Jdk OWN = Jdks.find(Runtime.version().feature()).orElseThrow();

  @Test
  void run_jdkThereOrMissingOrRequired_succeedsOrSkipsOrFails() {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectMethod(Scenario.class, "scenario", Java.class.getName()))
            .execute()
            .testEvents();

    tests
        .assertThatEvents()
        .haveExactly(1, event(displayName("JDK " + OWN.version()), finishedSuccessfully()))
        .haveExactly(
            1, event(displayName("JDK 98"), skippedWithReason(r -> r.contains("no JDK 98"))))
        .haveExactly(
            1,
            event(
                displayName("JDK 99"),
                finishedWithFailure(message(m -> m.contains(Jdks.REQUIRED + " names it")))));
  }

  /** Run by the test above only. */
  static final class Scenario {
    @TestTemplate
    @ExtendWith(ThreeJdks.class)
    void scenario(Java java) {
      assertThat(java.jdk()).isEqualTo(OWN);
    }
  }

  static final class ThreeJdks implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
      return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
        ExtensionContext context) {
      return Stream.of(
          new OnJdk(OWN.version(), Optional.of(OWN), false),
          new OnJdk(98, Optional.empty(), false),
          new OnJdk(99, Optional.empty(), true));
    }
  }
}
