package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For how long nobody leads what a replica has led that is gone. */
final class TakeOverScenariosTest {

  private static final int BUCKETS = 12;
  private static final Duration LEASE = Timings.defaults().leaseDuration();

  /** Shorter than the settling time, after which buckets move to even out the shares. */
  private static final Duration MOMENT = Duration.ofMillis(250);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoeverIsStartedInPlaceOfADeadReplicaDoesNotProlongTheTakeOver(long seed) {
    Run run = threeThatHaveLongBeenThere(seed);
    run.replica(0).crash();
    run.runFor(LEASE.dividedBy(3));
    run.replica(3).start();
    run.runFor(LEASE.multipliedBy(2).dividedBy(3).plus(MOMENT));
    assertThat(led(run)).isEqualTo(BUCKETS);
    run.awaitHealed();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoeverLosesItsMembershipHasItsBucketsBackInAMoment(long seed) {
    Run run = threeThatHaveLongBeenThere(seed);
    long before = run.coverage().of(Happening.OPENED);
    run.outsider().members().forEach(run.outsider()::delete);
    run.runFor(MOMENT);
    assertThat(led(run)).isEqualTo(BUCKETS);
    assertThat(run.coverage().of(Happening.OPENED) - before).isGreaterThanOrEqualTo(BUCKETS);
    run.awaitHealed();
  }

  @ParameterizedTest
  @MethodSource("moments")
  void whenAllLeasesAreGoneNobodyWaitsForLongerThanALeaseDuration(Duration between) {
    Run run = threeThatHaveLongBeenThere(between.toNanos());
    Outsider outsider = run.outsider();
    outsider.members().forEach(outsider::delete);
    // The members come back, and write what is deleted at that moment.
    run.runFor(between);
    outsider.buckets().forEach(outsider::delete);
    run.runFor(LEASE.plus(MOMENT));
    assertThat(led(run)).isEqualTo(BUCKETS);
    run.awaitHealed();
  }

  private static Stream<Duration> moments() {
    return LongStream.rangeClosed(1, 80).mapToObj(half -> Duration.ofNanos(half * 500_000));
  }

  private static int led(Run run) {
    return IntStream.range(0, 4).map(replica -> run.replica(replica).led().size()).sum();
  }

  private static Run threeThatHaveLongBeenThere(long seed) {
    Run run =
        Simulation.of(seed)
            .replicas(4)
            .timings(Collections.nCopies(4, Timings.defaults()).toArray(Timings[]::new))
            .clockRates(1000, 1000, 1000, 1000)
            .controller("page", BUCKETS)
            .reconciler(
                (work, random) -> new SimulatedReconciler.Course(Duration.ZERO, true, false))
            .scripted();
    for (int i = 0; i < 3; i++) {
      // Otherwise a request gets lost now and then.
      run.replica(i).link.heal();
      run.replica(i).start();
    }
    run.runFor(LEASE.multipliedBy(2));
    run.awaitHealed();
    return run;
  }
}
