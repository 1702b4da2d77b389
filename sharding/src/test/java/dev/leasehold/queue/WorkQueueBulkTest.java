package dev.leasehold.queue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many keys of a bucket added in one call, and all of the queue ended in one call. */
class WorkQueueBulkTest {

  private static final int KEYS = 1000;
  private static final Bucket BUCKET = new Bucket("webpage", 0, 2);

  private final WorkQueue<Integer> queue =
      new WorkQueue<>(
          key -> key % 2,
          new FakeClocks(),
          Backoff.standard(new SplittableRandom(1)),
          RateLimit.standard());
  private final List<String> told = new ArrayList<>();

  @Test
  void keysAddedInOneCallRunInTheirOrderBehindTheNews() {
    queue.open(BUCKET, new FakeTerm(1));
    queue.add(KEYS * 2, Lane.LIVE);
    assertThat(queue.addAll(0, evenKeys(), Lane.BACKGROUND)).isTrue();
    List<Integer> ran = new ArrayList<>();
    for (Work<Integer> work = queue.poll(); work != null; work = queue.poll()) {
      ran.add(work.key());
      queue.done(work);
    }
    List<Integer> expected = new ArrayList<>(List.of(KEYS * 2));
    evenKeys().forEachRemaining(expected::add);
    assertThat(ran).isEqualTo(expected);
  }

  @Test
  void firstKeysRunWhileTheLastAreStillToCome() {
    queue.open(BUCKET, new FakeTerm(1));
    List<Integer> ran = new ArrayList<>();
    queue.addAll(
        0,
        watched(
            key -> {
              Work<Integer> work = queue.poll();
              if (work != null) {
                ran.add(key);
                queue.done(work);
              }
            }),
        Lane.BACKGROUND);
    assertThat(ran).isNotEmpty();
    assertThat(ran.get(0)).isLessThan(KEYS / 4);
  }

  @Test
  void restOfTheKeysIsLeftAloneOnceTheBucketIsClosed() {
    queue.open(BUCKET, new FakeTerm(1));
    List<Integer> asked = new ArrayList<>();
    boolean whole =
        queue.addAll(
            0,
            watched(
                key -> {
                  asked.add(key);
                  if (key == KEYS / 2) {
                    queue.close(BUCKET, stopped -> {});
                  }
                }),
            Lane.BACKGROUND);
    assertThat(whole).isFalse();
    assertThat(asked).hasSizeLessThan(KEYS);
    assertThat(queue.poll()).isNull();
    assertThat(queue.addAll(0, evenKeys(), Lane.BACKGROUND)).isFalse();
  }

  @Test
  void shutDownIsToldOnceTheLastRunHasEnded() {
    queue.open(BUCKET, new FakeTerm(1));
    queue.open(new Bucket("webpage", 1, 2), new FakeTerm(1));
    for (int key = 0; key < 4; key++) {
      queue.add(key, Lane.LIVE);
    }
    Work<Integer> one = requireNonNull(queue.poll());
    Work<Integer> other = requireNonNull(queue.poll());
    queue.shutDown(() -> told.add("drained"));
    assertThat(queue.poll()).isNull();
    assertThat(queue.add(7, Lane.LIVE)).isFalse();
    queue.failed(one);
    assertThat(told).isEmpty();
    queue.close(BUCKET, stopped -> told.add("stopped"));
    queue.done(other);
    assertThat(told).containsExactlyInAnyOrder("drained", "stopped");
    assertThat(queue.poll()).isNull();
    assertThat(queue.untilNext()).isNull();
  }

  @Test
  void shutDownOfAQueueWithoutRunsIsToldAtOnceAndForLater() {
    queue.shutDown(() -> told.add("drained"));
    assertThat(told).containsExactly("drained");
    queue.open(BUCKET, new FakeTerm(1));
    assertThat(queue.add(0, Lane.LIVE)).isFalse();
  }

  private static Iterator<Integer> evenKeys() {
    return IntStream.range(0, KEYS).map(number -> 2 * number).iterator();
  }

  /** Even keys that tell each number before it is handed out. */
  private static Iterator<Integer> watched(IntConsumer told) {
    return IntStream.range(0, KEYS).peek(told).map(number -> 2 * number).iterator();
  }
}
