package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.site.Clock;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/**
 * The wall clock of one replica jumps, and back.
 *
 * @param name its name
 * @param clock the clock of the last seat's replicas
 * @param offset how far; below zero is into the past
 */
record ClockJump(String name, Clock clock, Duration offset) implements Fault {

  @Override
  public Target target() {
    return Target.REPLICA;
  }

  @Override
  public Cure inject(Site site, Random random) throws IOException {
    clock.set(offset);
    return () -> clock.set(Duration.ZERO);
  }

  /** Forward, and that is one of the two ways, it costs a re-election of one replica. */
  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return timings.leaseDuration();
  }
}
