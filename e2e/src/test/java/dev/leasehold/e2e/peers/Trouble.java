package dev.leasehold.e2e.peers;

import java.time.Duration;

/** What happens to a leader or to the one that waits for its lock. */
enum Trouble {
  /** The clock of the one that waits shows a later time from its start. */
  WAITING_AHEAD("the one that waits has a clock 2 h ahead", Duration.ofSeconds(8)),
  /** The leader's clock showed a later time, and it is killed. */
  LEADING_AHEAD("the leader's clock was 2 h ahead, and it is killed", Duration.ofSeconds(12)),
  /** The leader stands still for {@link #PAUSE}. */
  PAUSED("the leader stands still for 6 s", Duration.ofSeconds(9)),
  /** Somebody deletes the Lease. */
  DELETED("the Lease is deleted", Duration.ofSeconds(8)),
  /** The leader is asked to leave within a unit of work that takes {@link #LONG_UNIT}. */
  LEAVING("the leader leaves, and has 2 s of work in flight", Duration.ofSeconds(8)),
  /** The leader works within the callback that tells it so, which doesn't return. */
  CALLBACK_BLOCKED("the leader works within the callback", Duration.ofSeconds(8));

  static final Duration PAUSE = Duration.ofSeconds(6);
  static final Duration LONG_UNIT = Duration.ofSeconds(2);
  static final Duration CALLBACK = Duration.ofHours(1);

  private final String title;
  private final Duration watched;

  Trouble(String title, Duration watched) {
    this.title = title;
    this.watched = watched;
  }

  String title() {
    return title;
  }

  /** For how long the two are watched from then on, once both know the lock. */
  Duration watched() {
    return watched;
  }

  /** Whether it is there as soon as the second is. */
  boolean beginsWithTheSecond() {
    return this == WAITING_AHEAD || this == CALLBACK_BLOCKED;
  }

  /** Whether it needs a clock that can be set. */
  boolean needsClock() {
    return this == WAITING_AHEAD || this == LEADING_AHEAD;
  }
}
