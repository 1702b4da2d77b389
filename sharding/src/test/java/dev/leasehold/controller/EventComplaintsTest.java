package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.time.Now;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class EventComplaintsTest {

  private long nanos;
  private final EventComplaints complaints = new EventComplaints(() -> new Now(nanos, 0));

  @Test
  void tenOfAKindAreLoudAndThenOneInTenSeconds() {
    for (int i = 0; i < EventComplaints.AT_ONCE; i++) {
      assertThat(mapperFails()).isEqualTo(Level.ERROR);
    }
    assertThat(mapperFails()).isEqualTo(Level.DEBUG);
    nanos += Duration.ofSeconds(10).toNanos();
    assertThat(mapperFails()).isEqualTo(Level.ERROR);
    assertThat(mapperFails()).isEqualTo(Level.DEBUG);
  }

  @Test
  void oneKindKeepsNoOtherFromBeingLoud() {
    for (int i = 0; i <= EventComplaints.AT_ONCE; i++) {
      complaints.level(Occurrence.EVENT_FOREIGN, Level.WARN);
    }
    assertThat(mapperFails()).isEqualTo(Level.ERROR);
  }

  private Level mapperFails() {
    return complaints.level(Occurrence.MAPPER_FAILED, Level.ERROR);
  }
}
