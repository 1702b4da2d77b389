package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.network.Refusal;
import dev.leasehold.e2e.campaign.site.Seat;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * One replica's requests, or its writes, are answered with an error. Its open watches go on.
 *
 * @param refusal which
 */
record Refused(Refusal refusal) implements Fault {

  @Override
  public String name() {
    return "one replica gets " + refusal.words();
  }

  @Override
  public Target target() {
    return Target.NETWORK;
  }

  @Override
  public Cure inject(Site site, Random random) {
    Seat seat = Victims.any(site.seats().stream().filter(Seat::isRefusable).toList(), random);
    seat.refuse(Optional.of(refusal));
    return () -> seat.refuse(Optional.empty());
  }

  @Override
  public boolean hinders() {
    return true;
  }

  @Override
  public Duration atLeast(Timings timings, Duration lasted) {
    return Periods.afterDeafness(timings, lasted);
  }

  /** It can't say that it leaves either, so the others wait out its term. */
  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return timings.leaseDuration();
  }
}
