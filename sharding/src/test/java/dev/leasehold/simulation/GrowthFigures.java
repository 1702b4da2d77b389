package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a component of many replicas and buckets asks of the API server, by the real allocation and
 * claims in virtual time, beside the model of {@code docs/benchmarks/side-by-side.md}.
 *
 * <p>Run by name, {@code mvn -pl sharding -am test -Dtest=*GrowthFigures
 * -Dsurefire.failIfNoSpecifiedTests=false}. Figures are counts, so the machine may be busy.
 */
class GrowthFigures {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration REST = Duration.ofSeconds(20);
  private static final Duration DEPARTURE = Duration.ofSeconds(10);
  private static final Duration CRASH = Duration.ofSeconds(30);

  @ParameterizedTest
  @CsvSource({"3, 300", "10, 1000", "30, 3000", "100, 10000"})
  void restADepartureAndACrashCostWhatTheModelSays(int replicas, int buckets) {
    Traffic traffic = new Traffic();
    Run run = LargeComponent.atRest(traffic, replicas, buckets);

    Traffic.Counts rest = traffic.during(run, REST);
    print(replicas, buckets, "20 s at rest", rest);
    long renewals = replicas * REST.dividedBy(LargeComponent.TIMINGS.retryPeriod());
    assertThat(rest.bucketWrites()).isZero();
    assertThat(rest.lists()).isZero();
    assertThat(rest.memberWrites()).isBetween(renewals - replicas, renewals + replicas);
    assertEventsReach(replicas, rest.writes(), rest);

    int led = run.replica(0).led().size();
    run.replica(0).leave(Duration.ofSeconds(60).toNanos());
    Traffic.Counts departure = traffic.during(run, DEPARTURE);
    print(replicas, buckets, "10 s with a departure of %d".formatted(led), departure);
    assertThat(run.replica(0).isUp()).isFalse();
    assertThat(departure.bucketWrites()).isBetween((long) led, led * 11L / 10 + 2);
    assertThat(departure.lists()).isZero();
    assertEventsReach(replicas - 1, departure.writes(), departure);

    int lost = run.replica(1).led().size();
    run.replica(1).crash();
    Traffic.Counts crash = traffic.during(run, CRASH);
    print(replicas, buckets, "30 s with a crash of %d".formatted(lost), crash);
    // Replicas that see the fence at different times want the same buckets for a moment: some of
    // their writes are refused, and some ask for a list to see why.
    assertThat(crash.bucketWrites()).isBetween((long) lost + 1, 2L * lost + replicas);
    assertThat(crash.lists()).isLessThanOrEqualTo(crash.bucketWrites() - lost);
    assertEventsReach(replicas - 2, crash.memberWrites() + lost + 1, crash);
    assertThat(led(run, replicas)).isEqualTo(buckets);
  }

  @ParameterizedTest
  @CsvSource({"3, 300", "10, 1000", "30, 3000"})
  void aStartOfAllAtOnceCostsWhatTheModelSays(int replicas, int buckets) {
    Traffic traffic = new Traffic();
    Run run = LargeComponent.starting(traffic, replicas, buckets);
    Traffic.Counts start = traffic.during(run, START);
    print(replicas, buckets, "60 s with a start of all", start);
    LargeComponent.assertBalanced(run, replicas, buckets);
    long evenedOut = (long) buckets * (replicas - 1) / replicas;
    assertThat(start.bucketWrites()).isBetween((long) buckets, buckets + evenedOut);
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
