package dev.leasehold.queue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Keys are strings such as {@code "2/name"}: the number in front is the bucket. */
class QueueFiguresTest {

  private static final Duration BACKOFF = Duration.ofMillis(10);

  private final FakeClocks clocks = new FakeClocks();
  private final FakeTerm term = new FakeTerm(7);
  private final WorkQueue<String> queue =
      WorkQueue.timed(
          key -> key.charAt(0) - '0',
          clocks,
          new Backoff(BACKOFF, BACKOFF, 0, new SplittableRandom(1)),
          new RateLimit(1, 1));

  @Test
  void eachPlaceThatAKeyCanBeInIsCountedOverAllBuckets() {
    open(0);
    open(1);
    queue.add("0/running", Lane.LIVE);
    take();
    queue.add("0/live", Lane.LIVE);
    queue.add("1/live", Lane.LIVE);
    queue.add("1/background", Lane.BACKGROUND);
    queue.addAfter("1/delayed", Lane.LIVE, Duration.ofMinutes(1));
    assertThat(queue.figures()).isEqualTo(new QueueFigures(2, 1, 0, 1, 1, 4, 0));
  }

  @Test
  void retriesThatAreDueWaitForTheRateLimitInAPlaceOfTheirOwn() {
    open(0);
    for (String key : new String[] {"0/a", "0/b", "0/c"}) {
      queue.add(key, Lane.LIVE);
      queue.failed(take());
    }
    clocks.pass(BACKOFF);
    take();
    assertThat(queue.figures().throttled()).isEqualTo(2);
  }

  @Test
  void whatWasAddedIsStillCountedAfterItsBucketHasStoppedAndIsOpenAgain() {
    open(0);
    queue.add("0/a", Lane.LIVE);
    queue.add("0/b", Lane.LIVE);
    queue.close(bucket(0), stopped -> {});
    assertThat(queue.figures().added()).isEqualTo(2);
    open(0);
    queue.add("0/a", Lane.LIVE);
    assertThat(queue.figures().added()).isEqualTo(3);
  }

  @Test
  void aKeyThatGoesOverToTheOtherLaneIsNotAddedAgain() {
    open(0);
    queue.add("0/a", Lane.BACKGROUND);
    queue.add("0/a", Lane.LIVE);
    assertThat(queue.figures()).isEqualTo(new QueueFigures(1, 0, 0, 0, 0, 1, 0));
  }

  @Test
  void aLapsedPermitIsARefusal() {
    open(0);
    queue.add("0/a", Lane.LIVE);
    term.end();
    assertThat(queue.poll()).isNull();
    assertThat(queue.figures().refused()).isEqualTo(1);
    assertThat(queue.poll()).isNull();
    assertThat(queue.figures().refused()).isEqualTo(1);
  }

  @Test
  void aTimedQueueKnowsSinceWhenAKeyWasDue() {
    open(0);
    long began = clocks.now().nanos();
    queue.add("0/now", Lane.LIVE);
    queue.addAfter("0/later", Lane.LIVE, Duration.ofSeconds(1));
    clocks.pass(Duration.ofSeconds(3));
    Work<String> now = take();
    Work<String> later = take();
    assertThat(now.dueNanos() - began).isZero();
    // Nobody looked in time, and that counts as waiting, too.
    assertThat(later.dueNanos() - began).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  private Work<String> take() {
    return requireNonNull(queue.poll());
  }

  private void open(int index) {
    queue.open(bucket(index), term);
  }

  private static Bucket bucket(int index) {
    return new Bucket("webpage", index, 8);
  }
}
