package dev.leasehold.e2e.campaign;

import dev.leasehold.e2e.campaign.fault.Fault;
import dev.leasehold.e2e.campaign.fault.Fault.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What goes wrong next: each fault alone, for a short time and beyond the lease duration if that
 * makes a difference, in an order that the seed decides; and then without end, a third of the time
 * two at once. Not thread-safe.
 */
final class Schedule {

  private final List<Fault> all;
  private final Random random;
  private final List<Round> planned = new ArrayList<>();

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
      schedule.planned.add(new Round(List.of(fault), schedule.beyondTheLease()));
      if (fault.lasts()) {
        schedule.planned.add(new Round(List.of(fault), schedule.shortTime()));
      }
    }
    Collections.shuffle(schedule.planned, random);
    return schedule;
  }

  /**
   * First each fault alone, once and in this order, and then so many times two of them at once.
   *
   * @param faults that can happen, of which some go together
   */
  static Schedule brief(List<Fault> faults, int mixed, Random random) {
    Schedule schedule = new Schedule(faults, random);
    faults.forEach(
        fault ->
            schedule.planned.add(
                new Round(
                    List.of(fault),
                    fault.lasts() ? schedule.beyondTheLease() : schedule.shortTime())));
    List<Fault> sociable =
        faults.stream().filter(fault -> !schedule.companions(fault).isEmpty()).toList();
    for (int i = 0; i < mixed; i++) {
      List<Fault> both = schedule.withAnother(schedule.any(sociable));
      schedule.planned.add(new Round(both, schedule.beyondTheLease()));
    }
    return schedule;
  }

  /** Whether all that comes first has been. */
  boolean hasHadAll() {
    return planned.isEmpty();
  }

  Round next() {
    if (!planned.isEmpty()) {
      return planned.remove(0);
    }
    Fault one = any(all);
    return new Round(random.nextInt(3) == 0 ? withAnother(one) : List.of(one), lasting());
  }

  /** It and one that can go with it, if there is one. */
  private List<Fault> withAnother(Fault one) {
    List<Fault> others = companions(one);
    if (others.isEmpty()) {
      return List.of(one);
    }
    // What is hit last is healed first: nothing can be started while there is no API server.
    return Stream.of(one, any(others)).sorted(Comparator.comparing(Fault::target)).toList();
  }

  private List<Fault> companions(Fault one) {
    return all.stream().filter(other -> goTogether(one, other)).toList();
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
