package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.site.Seat;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/** SIGSTOP of a replica, and SIGCONT. */
record Pause() implements Fault {

  @Override
  public String name() {
    return "replica paused";
  }

  @Override
  public Target target() {
    return Target.REPLICA;
  }

  @Override
  public Cure inject(Site site, Random random) throws IOException, InterruptedException {
    Seat seat = Victims.any(site, random);
    seat.pause();
    return seat::resume;
  }

  @Override
  public Duration atLeast(Timings timings, Duration lasted) {
    return Periods.shorter(lasted, Periods.afterSilence(timings));
  }

  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return timings.leaseDuration();
  }
}
