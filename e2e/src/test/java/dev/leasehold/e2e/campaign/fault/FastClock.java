package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.network.Weather;
import dev.leasehold.e2e.campaign.site.Seat;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.e2e.replica.Launch;
import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * All clocks of one replica run fast, and another one is cut off: the first thinks too early that
 * the other's term is over, while that one works until its own end of it.
 *
 * @param launch how such a replica is started
 */
record FastClock(Launch launch) implements Fault {

  @Override
  public String name() {
    return "clock 20 % fast, and another replica cut off";
  }

  /** Networks too, but those come back by themselves whoever else changes them. */
  @Override
  public Target target() {
    return Target.REPLICA;
  }

  @Override
  public Cure inject(Site site, Random random) throws InterruptedException {
    Seat fast = Victims.any(site, random);
    Seat other = Victims.any(site.seats().stream().filter(seat -> seat != fast).toList(), random);
    fast.replace(Optional.of(launch));
    site.awaitBalanced();
    other.weather(Weather.CUT);
    return () -> {
      other.weather(Weather.CLEAR);
      fast.replace(Optional.empty());
    };
  }

  @Override
  public boolean hinders() {
    return true;
  }

  @Override
  public boolean lasts() {
    return false;
  }

  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return timings.leaseDuration().multipliedBy(2);
  }
}
