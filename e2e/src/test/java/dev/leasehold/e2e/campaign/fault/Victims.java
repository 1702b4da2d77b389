package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.site.Seat;
import dev.leasehold.e2e.campaign.site.Site;
import java.util.List;
import java.util.Random;

/** Who is hit. */
final class Victims {

  private Victims() {}

  static Seat any(Site site, Random random) {
    return any(site.seats(), random);
  }

  static <T> T any(List<T> candidates, Random random) {
    if (candidates.isEmpty()) {
      throw new IllegalStateException("There is nothing that could be hit.");
    }
    return candidates.get(random.nextInt(candidates.size()));
  }
}
