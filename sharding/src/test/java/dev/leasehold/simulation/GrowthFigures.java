package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a component of many replicas and buckets asks of the API server, by the real allocation and
 * claims in virtual time, beside the model of {@code docs/benchmarks/side-by-side.md}.
 *
 * <p>Run by name, {@code mvn -pl sharding -am test -Dtest=*GrowthFigures
 * -Dsurefire.failIfNoSpecifiedTests=false}. Figures are counts, so the machine may be busy. The
 * network loses nothing here, unlike in other simulations, so what is counted is the protocol's.
 */
class GrowthFigures {

  private static final Duration REST = Duration.ofSeconds(20);
  private static final Duration DEPARTURE = Duration.ofSeconds(10);
  private static final Duration CRASH = Duration.ofSeconds(30);
  private static final Duration JOINING = Duration.ofSeconds(15);
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final Timings TIMINGS = Timings.defaults();

  /** A controller can't have as many buckets as the largest component here. */
  private static final int CONTROLLERS = 4;

  @ParameterizedTest
  @CsvSource({"3, 300", "10, 1000", "30, 3000", "100, 10000"})
  void restADepartureAndACrashCostWhatTheModelSays(int replicas, int buckets) {
    Traffic traffic = new Traffic();
    Run run = run(traffic, replicas, buckets);
    lead(run, replicas, buckets);

    Traffic.Counts rest = during(run, traffic, REST);
    print(replicas, buckets, "20 s at rest", rest);
    long renewals = replicas * REST.dividedBy(TIMINGS.retryPeriod());
    assertThat(rest.bucketWrites()).isZero();
    assertThat(rest.lists()).isZero();
    assertThat(rest.memberWrites()).isBetween(renewals - replicas, renewals + replicas);
    assertEventsReach(replicas, rest.writes(), rest);

    int led = run.replica(0).led().size();
    run.replica(0).leave(Duration.ofSeconds(60).toNanos());
    Traffic.Counts departure = during(run, traffic, DEPARTURE);
    print(replicas, buckets, "10 s with a departure of %d".formatted(led), departure);
    assertThat(run.replica(0).isUp()).isFalse();
    assertThat(departure.bucketWrites()).isBetween((long) led, led * 11L / 10 + 2);
    assertThat(departure.lists()).isZero();
    assertEventsReach(replicas - 1, departure.writes(), departure);

    int lost = run.replica(1).led().size();
    run.replica(1).crash();
    Traffic.Counts crash = during(run, traffic, CRASH);
    print(replicas, buckets, "30 s with a crash of %d".formatted(lost), crash);
    // Replicas that see the fence at different times want the same buckets for a moment: some of
    // their writes are refused, and some ask for a list to see why.
    assertThat(crash.bucketWrites()).isBetween((long) lost + 1, 2L * lost + replicas);
    assertThat(crash.lists()).isLessThanOrEqualTo(crash.bucketWrites() - lost);
    assertEventsReach(replicas - 2, crash.memberWrites() + lost + 1, crash);
    assertThat(led(run, replicas)).isEqualTo(buckets);
  }

  private static Run run(Traffic traffic, int replicas, int buckets) {
    Simulation simulation = Simulation.of(1);
    for (int i = 0; i < CONTROLLERS; i++) {
      simulation = simulation.controller(controller(i), buckets / CONTROLLERS);
    }
    return simulation
        .timings(Collections.nCopies(replicas, TIMINGS).toArray(Timings[]::new))
        .clockRates(Collections.nCopies(replicas, 1000).toArray(Integer[]::new))
        .settling(Duration.ofSeconds(1))
        .lasting(Duration.ZERO)
        .reconciler((running, random) -> new SimulatedReconciler.Course(Duration.ZERO, true, false))
        .wiring(traffic)
        .scripted()
        .atMost(Long.MAX_VALUE);
  }

  /** Has each replica lead its share, without the way there. */
  private static void lead(Run run, int replicas, int buckets) {
    for (int i = 0; i < replicas; i++) {
      run.replica(i).link.heal();
      SimulatedProcess unused = run.replica(i).startUnready();
    }
    run.runFor(JOINING);
    for (int i = 0; i < CONTROLLERS; i++) {
      PlantedClaims.plant(run.server(), controller(i), buckets / CONTROLLERS);
    }
    for (int i = 0; i < replicas; i++) {
      run.replica(i).becomeReady();
    }
    run.runFor(SETTLING);
    for (int i = 0; i < replicas; i++) {
      assertThat(run.replica(i).led().size())
          .as("led by replica %d", i)
          .isBetween(buckets / replicas, buckets / replicas + 1);
    }
  }

  private static String controller(int number) {
    return "page-" + number;
  }

  private static Traffic.Counts during(Run run, Traffic traffic, Duration time) {
    Traffic.Counts before = traffic.counts();
    run.runFor(time);
    return traffic.counts().since(before);
  }

  /**
   * Each write that is no conflict is an event for each living replica, once. One that leaves is
   * shown some as well, and the last writes' events come after the window, the first ones' before.
   */
  private static void assertEventsReach(int living, long writes, Traffic.Counts counts) {
    assertThat(counts.watchEvents())
        .isBetween(writes * living * 95 / 100 - living, writes * (living + 1));
  }

  private static int led(Run run, int replicas) {
    int led = 0;
    for (int i = 0; i < replicas; i++) {
      led += run.replica(i).led().size();
    }
    return led;
  }

  @SuppressWarnings("SystemOut") // Figures are for whoever asked for them.
  private static void print(int replicas, int buckets, String what, Traffic.Counts counts) {
    System.out.printf(
        Locale.ROOT,
        "%3d replicas, %5d buckets, %s: %d member writes, %d bucket writes, %d watch events, %d lists%n",
        replicas,
        buckets,
        what,
        counts.memberWrites(),
        counts.bucketWrites(),
        counts.watchEvents(),
        counts.lists());
  }
}
