package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.network.Weather;
import dev.leasehold.e2e.campaign.site.Seat;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;

/**
 * Bad weather between one replica and the API server.
 *
 * @param weather which
 */
record BadNetwork(Weather weather) implements Fault {

  @Override
  public String name() {
    return "network: " + weather.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public Target target() {
    return Target.NETWORK;
  }

  @Override
  public Cure inject(Site site, Random random) {
    Seat seat = Victims.any(site, random);
    seat.weather(weather);
    return () -> seat.weather(Weather.CLEAR);
  }

  @Override
  public boolean hinders() {
    return true;
  }

  /** What is slow, or broken and mended, or not heard by itself, may be survived. */
  @Override
  public Duration atLeast(Timings timings, Duration lasted) {
    return switch (weather) {
      case CUT, DROPPED, ANSWERS_HELD, REQUESTS_HELD -> Periods.afterDeafness(timings, lasted);
      case CLEAR, SLOW, RESETTING, WATCHES_HELD, THROTTLED -> Duration.ZERO;
    };
  }

  /**
   * Twice: a replica that hears nothing may still be heard. It loses its term and asks for a new
   * membership, and whoever sees that leaves its buckets to it until that one lapses as well.
   */
  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return timings.leaseDuration().multipliedBy(2);
  }
}
