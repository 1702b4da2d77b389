package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/** The replicas' Role loses the Leases for a while. */
record NoPermission() implements Fault {

  @Override
  public String name() {
    return "no right to Leases";
  }

  @Override
  public Target target() {
    return Target.LEASES;
  }

  @Override
  public Cure inject(Site site, Random random) throws IOException {
    site.permitLeases(false);
    return () -> site.permitLeases(true);
  }

  @Override
  public boolean hinders() {
    return true;
  }

  @Override
  public Duration atLeast(Timings timings, Duration lasted) {
    return Periods.withoutServer(timings, lasted);
  }

  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return lasted.plus(timings.leaseDuration());
  }
}
