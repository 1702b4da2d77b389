package dev.leasehold.election;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Random schedules of the real step; a failing one is printed with its seed, which replays it. */
class SchedulesTest {

  private static final int SCHEDULES = Integer.getInteger("leasehold.schedules", 1500);
  private static final long FIRST = Long.getLong("leasehold.seed", 1);

  @Test
  void noScheduleLetsTwoLeadOrAnEpochFallOrTheLockStayUnledAfterHealing() {
    long begins = 0;
    for (long seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
      begins += new Schedule(seed, false).run();
    }
    assertThat(begins).as("the schedules are not idle").isGreaterThan(SCHEDULES);
  }
}
