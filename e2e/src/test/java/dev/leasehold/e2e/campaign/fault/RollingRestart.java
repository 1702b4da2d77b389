package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.site.Seat;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.Random;

/** One replica after the other is asked to leave, and followed by another process. */
record RollingRestart() implements Fault {

  @Override
  public String name() {
    return "rolling restart";
  }

  @Override
  public Target target() {
    return Target.REPLICA;
  }

  @Override
  public Cure inject(Site site, Random random) throws InterruptedException {
    for (Seat seat : site.seats()) {
      String complaint = seat.leave().orElse("");
      seat.start();
      if (!complaint.isEmpty()) {
        throw new AssertionError(complaint);
      }
      // The one that is gone is missed by nobody; the next must not go before this one is there.
      site.awaitBalanced();
    }
    return Cure.NONE;
  }

  @Override
  public boolean lasts() {
    return false;
  }

  /** Keys that run take a few milliseconds, and so does a hand-over. */
  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return Duration.ZERO;
  }
}
