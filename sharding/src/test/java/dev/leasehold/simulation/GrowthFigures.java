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
 * <p>Run by name, {@code mvn -pl sharding -am test -Dtest=GrowthFigures
 * -Dsurefire.failIfNoSpecifiedTests=false}. Figures are counts, so the machine may be busy.
 */
class GrowthFigures {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Timings TIMINGS = Timings.defaults();

  @ParameterizedTest
  @CsvSource({"3, 300", "10, 300", "10, 600", "20, 300"})
  @SuppressWarnings("SystemOut") // Figures are for whoever asked for them.
  void aMinuteAtRestADepartureAndACrashCostWhatTheModelSays(int replicas, int buckets) {
    Traffic traffic = new Traffic();
    Run run =
        Simulation.of(1)
            .timings(Collections.nCopies(replicas, TIMINGS).toArray(Timings[]::new))
            .clockRates(Collections.nCopies(replicas, 1000).toArray(Integer[]::new))
            .controller("page", buckets)
            .settling(Duration.ofSeconds(1))
            .lasting(Duration.ZERO)
            .reconciler(
                (running, random) -> new SimulatedReconciler.Course(Duration.ZERO, true, false))
            .wiring(traffic)
            .scripted()
            .atMost(Long.MAX_VALUE);
    for (int i = 0; i < replicas; i++) {
      run.replica(i).start();
    }
    run.awaitHealed();
    print(replicas, buckets, "start", traffic.counts());

    Traffic.Counts before = traffic.counts();
    run.runFor(MINUTE);
    Traffic.Counts rest = traffic.counts().since(before);
    print(replicas, buckets, "a minute at rest", rest);
    long renewals = replicas * MINUTE.dividedBy(TIMINGS.retryPeriod());
    assertThat(rest.bucketWrites()).isZero();
    assertThat(rest.memberWrites()).isLessThanOrEqualTo(renewals + replicas);
    assertThat(rest.watchEvents()).isLessThanOrEqualTo((renewals + replicas) * replicas);

    before = traffic.counts();
    int led = run.replica(0).led().size();
    run.replica(0).leave(Duration.ofSeconds(60).toNanos());
    run.runFor(Duration.ofSeconds(10));
    Traffic.Counts departure = traffic.counts().since(before);
    print(replicas, buckets, "10 s with a departure of %d".formatted(led), departure);
    assertThat(departure.bucketWrites()).isBetween((long) led, led * 11L / 10 + 2);

    before = traffic.counts();
    int lost = run.replica(1).led().size();
    run.replica(1).crash();
    run.runFor(Duration.ofSeconds(30));
    Traffic.Counts crash = traffic.counts().since(before);
    print(replicas, buckets, "30 s with a crash of %d".formatted(lost), crash);
    assertThat(crash.bucketWrites()).isBetween((long) lost, lost * 11L / 10 + replicas + 2);
  }

  private static void print(int replicas, int buckets, String what, Traffic.Counts counts) {
    System.out.printf(
        Locale.ROOT,
        "%3d replicas, %5d buckets, %s: %d member writes, %d bucket writes, %d watch events%n",
        replicas,
        buckets,
        what,
        counts.memberWrites(),
        counts.bucketWrites(),
        counts.watchEvents());
  }
}
