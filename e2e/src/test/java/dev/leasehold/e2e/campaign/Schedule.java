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
 * What goes wrong next: each fault alone, for a short time and beyond the lease duration if that
 * makes a difference, in an order that the seed decides; and then without end, a third of the time
 * two at once. Not thread-safe.
 */
final class Schedule {

  private final List<Fault> all;
  private final Random random;
  private final List<Round> alone = new ArrayList<>();

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

  private Schedule(List<Fault> faults, Random random) {
    this.all = List.copyOf(faults);
    this.random = random;
  }

  /** First each fault alone, for each length that makes a difference. */
  static Schedule thorough(List<Fault> faults, Random random) {
    Schedule schedule = new Schedule(faults, random);
    for (Fault fault : faults) {
      schedule.alone.add(new Round(List.of(fault), schedule.beyondTheLease()));
      if (fault.lasts()) {
        schedule.alone.add(new Round(List.of(fault), schedule.shortTime()));
      }
    }
    Collections.shuffle(schedule.alone, random);
    return schedule;
  }

  /** First each fault alone, once and in this order. */
  static Schedule brief(List<Fault> faults, Random random) {
    Schedule schedule = new Schedule(faults, random);
    faults.forEach(
        fault ->
            schedule.alone.add(
                new Round(
                    List.of(fault),
                    fault.lasts() ? schedule.beyondTheLease() : schedule.shortTime())));
    return schedule;
  }

  /** Whether each fault has been alone. */
  boolean hasHadAll() {
    return alone.isEmpty();
  }

  Round next() {
    if (!alone.isEmpty()) {
      return alone.remove(0);
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

  /** Mostly beyond the lease duration, and every fourth time not. */
  private Duration lasting() {
    return random.nextInt(4) == 0 ? shortTime() : beyondTheLease();
  }

  /** Within the renew deadline. */
  private Duration shortTime() {
    return Duration.ofMillis(500 + random.nextInt(1000));
  }

  private Duration beyondTheLease() {
    return Duration.ofMillis(3500 + random.nextInt(3000));
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
