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
 * @param slow its timings, if they are slower than those of the others. The others wait as long as
 *     that for everybody then, for as long as they live, so they are replaced as well in the end
 */
record Misfit(String name, Launch launch, Optional<Timings> slow) implements Fault {

  @Override
  public Target target() {
    return Target.REPLICA;
  }

  @Override
  public Cure inject(Site site, Random random) throws InterruptedException {
    Seat seat = Victims.any(site, random);
    seat.replace(Optional.of(launch));
    site.awaitBalanced();
    return () -> {
      seat.replace(Optional.empty());
      if (slow.isPresent()) {
        for (Seat other : site.seats()) {
          site.awaitBalanced();
          other.replace(Optional.empty());
        }
      }
    };
  }

  @Override
  public boolean lasts() {
    return false;
  }

  @Override
  public Timings timings(Timings usual) {
    return slow.orElse(usual);
  }

  /** It comes and goes in order, as in a rolling restart. */
  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return Duration.ZERO;
  }
}
