package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.site.Seat;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.Random;

/** SIGKILL of a replica; another process follows it. */
record Crash() implements Fault {

  @Override
  public String name() {
    return "replica killed";
  }

  @Override
  public Target target() {
    return Target.REPLICA;
  }

  @Override
  public Cure inject(Site site, Random random) throws InterruptedException {
    Seat seat = Victims.any(site, random);
    seat.kill();
    return seat::start;
  }

  @Override
  public Duration atLeast(Timings timings, Duration lasted) {
    return Periods.afterSilence(timings);
  }

  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return timings.leaseDuration();
  }
}
