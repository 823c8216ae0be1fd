package org.jvmpprof.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Budget budget = new Budget(() -> 0);
  private final Admission admission = new Admission(budget);

  @Test
  void enter_moreIsOwedThanPaid_fewAreAdmittedAndACrowdIsNot() throws InterruptedException {
    budget.spend(TimeUnit.SECONDS.toNanos(10));

    enter(16);
    assertThat(admission.enter()).as("the 17th").isFalse();
    admission.leave();
    assertThat(admission.enter()).as("in the place of another").isTrue();
  }

  @Test
  void enter_nothingIsOwed_isBoundedAllTheSame() throws InterruptedException {
    enter(Admission.MAX_REQUESTS);
    assertThat(admission.enter()).as("one more").isFalse();
    admission.leave();
    assertThat(admission.enter()).as("in the place of another").isTrue();
  }

  private void enter(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      assertThat(admission.enter()).as("%s", i).isTrue();
    }
  }
}
