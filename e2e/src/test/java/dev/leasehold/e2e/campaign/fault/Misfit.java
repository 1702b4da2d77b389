package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.site.Seat;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.e2e.replica.Launch;
import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * One replica is unlike the others for a while: it is replaced, in order, and back again.
 *
 * @param name its name
 * @param launch how it is started
 * @param cost for how long buckets are without a leader at worst because of what it is
 */
record Misfit(String name, Launch launch, Duration cost) implements Fault {

  @Override
  public Target target() {
    return Target.REPLICA;
  }

  @Override
  public Cure inject(Site site, Random random) throws InterruptedException {
    Seat seat = Victims.any(site, random);
    seat.replace(Optional.of(launch));
    site.awaitBalanced();
    return () -> seat.replace(Optional.empty());
  }

  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return cost;
  }
}
