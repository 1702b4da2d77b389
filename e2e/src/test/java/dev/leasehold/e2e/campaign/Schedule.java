package dev.leasehold.e2e.campaign;

import dev.leasehold.e2e.campaign.fault.Fault;
import dev.leasehold.e2e.campaign.fault.Fault.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What goes wrong next: each fault alone, in an order that the seed decides, and then without end,
 * a third of the time two at once. Not thread-safe.
 */
final class Schedule {

  private final List<Fault> all;
  private final Random random;
  private final List<Fault> alone;

  /**
   * Faults that are at work at the same time.
   *
   * @param faults to be injected in this order, and healed in the other
   * @param lasting for how long they are left alone
   */
  record Round(List<Fault> faults, Duration lasting) {

    /** Their names. */
    String name() {
      return String.join(" + ", faults.stream().map(Fault::name).toList());
    }
  }

  Schedule(List<Fault> faults, Random random) {
    this.all = List.copyOf(faults);
    this.random = random;
    this.alone = new ArrayList<>(faults);
    Collections.shuffle(alone, random);
  }

  /** Whether each fault has been alone. */
  boolean hasHadAll() {
    return alone.isEmpty();
  }

  Round next() {
    if (!alone.isEmpty()) {
      return new Round(List.of(alone.remove(0)), lasting());
    }
    List<Fault> faults = new ArrayList<>(List.of(any(all)));
    if (random.nextInt(3) == 0) {
      Fault first = faults.get(0);
      List<Fault> others = all.stream().filter(other -> goTogether(first, other)).toList();
      if (!others.isEmpty()) {
        faults.add(any(others));
      }
    }
    // What is hit last is healed first: nothing can be started while there is no API server.
    faults.sort(Comparator.comparing(Fault::target));
    return new Round(List.copyOf(faults), lasting());
  }

  /** Mostly beyond the lease duration, and every fourth time within the renew deadline. */
  private Duration lasting() {
    return random.nextInt(4) == 0
        ? Duration.ofMillis(500 + random.nextInt(1000))
        : Duration.ofMillis(3500 + random.nextInt(3000));
  }

  private Fault any(List<Fault> faults) {
    return faults.get(random.nextInt(faults.size()));
  }

  /** Leases can't be meddled with while there is no API server. */
  private static boolean goTogether(Fault one, Fault other) {
    List<Target> targets = List.of(one.target(), other.target());
    return one.target() != other.target()
        && !(targets.contains(Target.LEASES) && targets.contains(Target.PLANE));
  }
}
