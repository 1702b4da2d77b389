package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.site.Seat;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One replica gets a tenth of the time, as with a limit of CPU that it has used up: it runs for 20
 * ms and stands still for 180 ms, over and over.
 */
record Starvation() implements Fault {

  private static final long RUNS_MILLIS = 20;
  private static final long STANDS_MILLIS = 180;

  @Override
  public String name() {
    return "replica starved of CPU";
  }

  @Override
  public Target target() {
    return Target.REPLICA;
  }

  @Override
  public Cure inject(Site site, Random random) {
    Seat seat = Victims.any(site, random);
    CountDownLatch over = new CountDownLatch(1);
    CompletableFuture<Void> starving = CompletableFuture.runAsync(() -> starve(seat, over));
    return () -> {
      over.countDown();
      starving.get(10, TimeUnit.SECONDS);
    };
  }

  private static void starve(Seat seat, CountDownLatch over) {
    try {
      do {
        seat.pause();
        boolean unused = over.await(STANDS_MILLIS, TimeUnit.MILLISECONDS);
        seat.resume();
      } while (!over.await(RUNS_MILLIS, TimeUnit.MILLISECONDS));
    } catch (Exception e) {
      throw new IllegalStateException("%s can't be starved.".formatted(seat.name()), e);
    }
  }

  @Override
  public boolean hinders() {
    return true;
  }

  /** It may be heard and hear nothing, as behind a bad network. */
  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return timings.leaseDuration().multipliedBy(2);
  }
}
