package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A successor that dies while the bucket that it is to get drains, so that the dead gets it. */
final class DeadSuccessorScenariosTest {

  /** Of a controller each, so that both always have something that runs. */
  private static final List<Bucket> BUCKETS =
      List.of(new Bucket("page", 0, 1), new Bucket("cart", 0, 1));

  private static final Duration STEP = Duration.ofMillis(10);

  private static final Duration WRITE = Duration.ofMillis(200);

  /** Shorter than the drain timeout, and than a lease duration. */
  private static final Duration RUN = Duration.ofMillis(1200);

  /** {@link Simulation#of} says so. */
  private static final Duration LEASE = Duration.ofSeconds(3);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void itsBucketIsTakenBackAsFromAnyOtherOfTheDead(long seed) {
    Run run =
        Simulation.of(seed)
            .controller("page", 1)
            .controller("cart", 1)
            .lasting(Duration.ZERO)
            .reconciler((running, random) -> new SimulatedReconciler.Course(RUN, true, false))
            .scripted();
    Replica holder = run.replica(0);
    Replica successor = run.replica(1);
    holder.link.heal();
    successor.link.heal();
    holder.start();
    run.awaitHealed();
    successor.start();
    awaitDrain(run);
    successor.crash();

    Duration unled = Duration.ZERO;
    while (!unled(run).isEmpty()) {
      run.runFor(STEP);
      unled = unled.plus(STEP);
      assertThat(unled).as("for how long %s", unled(run)).isLessThan(LEASE.multipliedBy(2));
    }
    assertThat(unled).as("the dead are waited out").isGreaterThan(LEASE.dividedBy(2));
    assertThat(run.coverage().of(Happening.HANDED_OVER_TO_THE_DEAD)).isPositive();
    assertThat(run.coverage().of(Happening.FENCED)).isPositive();
    run.awaitHealed();
  }

  /** Waits until a bucket has been closed for longer than a write takes, so that keys of it run. */
  private static void awaitDrain(Run run) {
    Duration waited = Duration.ZERO;
    Duration closed = Duration.ZERO;
    while (closed.compareTo(WRITE) < 0) {
      // There is always something that runs.
      if (waited.toMillis() % 500 == 0) {
        run.changeKeysNow();
      }
      run.runFor(STEP);
      waited = waited.plus(STEP);
      closed = unled(run).isEmpty() ? Duration.ZERO : closed.plus(STEP);
      assertThat(waited).as("nothing drains").isLessThan(LEASE.multipliedBy(2));
    }
  }

  private static List<Bucket> unled(Run run) {
    return BUCKETS.stream().filter(bucket -> !run.isLed(bucket)).toList();
  }
}
