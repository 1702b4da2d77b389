package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In which order the keys of several buckets are enqueued; one task after the other, by hand. */
class ReplaysTest {

  private static final int SLICES = 3;
  private static final int KEYS = SLICES * Replays.SLICE;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final Map<Integer, List<ResourceKey>> enqueued = new HashMap<>();

  /** The bucket of each slice. */
  private final List<Integer> slices = new ArrayList<>();

  private final Set<Integer> closed = new HashSet<>();
  private final Set<Integer> failing = new HashSet<>();
  private final List<Long> replayed = new ArrayList<>();
  private final Replays replays =
      new Replays(
          "configmap",
          ReplaysTest::keysOf,
          this::enqueue,
          (delay, task) -> (delay.equals(Duration.ZERO) ? tasks : later).add(task),
          () -> 0,
          new Tally() {
            @Override
            public void count(Occurrence what) {}

            @Override
            public void replayed(long nanos, long keys) {
              replayed.add(keys);
            }
          });

  @Test
  void bucketsThatArePromotedTogetherTakeTurns() {
    replays.promote(0);
    replays.promote(1);
    replays.promote(2);
    runAll();
    assertThat(slices).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
    assertAllEnqueued(0, 1, 2);
    assertThat(replayed).containsExactly((long) KEYS, (long) KEYS, (long) KEYS);
  }

  @Test
  void resyncWaitsForAPromotionAndThenGoesOnWhereItWas() {
    replays.resync(List.of(0, 1));
    runOne();
    replays.promote(2);
    runAll();
    assertThat(slices).containsExactly(0, 2, 2, 2, 1, 0, 1, 0, 1);
    assertAllEnqueued(0, 1, 2);
    assertThat(replayed).containsExactly((long) KEYS);
  }

  @Test
  void resyncOfABucketThatIsUnderWayIsNotBegunTwice() {
    replays.resync(List.of(0));
    replays.promote(1);
    runOne();
    replays.resync(List.of(0, 1));
    runAll();
    assertAllEnqueued(0, 1);
    assertThat(slices).hasSize(2 * SLICES);
  }

  @Test
  void closedBucketIsLeftAloneAndOneThatIsOpenedAgainBeginsAgain() {
    replays.promote(0);
    runOne();
    closed.add(0);
    runAll();
    assertThat(enqueued.get(0)).hasSize(Replays.SLICE);
    assertThat(replays.isPromoting()).isFalse();
    closed.clear();
    replays.promote(0);
    runOne();
    replays.promote(0);
    enqueued.clear();
    runAll();
    assertAllEnqueued(0);
  }

  @Test
  void replayThatFailsIsTriedAgainFromItsBeginningAndHoldsUpNoOther() {
    failing.add(0);
    replays.promote(0);
    replays.promote(1);
    replays.resync(List.of(2));
    runAll();
    assertAllEnqueued(1, 2);
    failing.clear();
    later.remove().run();
    assertThat(replays.isPromoting()).isTrue();
    runAll();
    assertAllEnqueued(0, 1, 2);
    assertThat(replays.isPromoting()).isFalse();
    assertThat(tasks).isEmpty();
    assertThat(later).isEmpty();
  }

  private boolean enqueue(int bucket, Iterator<ResourceKey> keys) {
    slices.add(bucket);
    if (failing.contains(bucket)) {
      throw new IllegalStateException("as the test wants");
    }
    if (closed.contains(bucket)) {
      return false;
    }
    keys.forEachRemaining(enqueued.computeIfAbsent(bucket, absent -> new ArrayList<>())::add);
    return true;
  }

  private void runOne() {
    tasks.remove().run();
  }

  private void runAll() {
    while (!tasks.isEmpty()) {
      assertThat(tasks).as("one task at a time").hasSize(1);
      runOne();
    }
  }

  private void assertAllEnqueued(Integer... buckets) {
    for (int bucket : buckets) {
      assertThat(enqueued.get(bucket)).isEqualTo(listOf(bucket));
    }
    assertThat(enqueued).containsOnlyKeys(buckets);
  }

  private static Iterator<ResourceKey> keysOf(int bucket) {
    return listOf(bucket).iterator();
  }

  private static List<ResourceKey> listOf(int bucket) {
    return IntStream.range(0, KEYS)
        .mapToObj(number -> new ResourceKey("default", "name-%d-%d".formatted(number, bucket)))
        .toList();
  }
}
