package dev.leasehold.queue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.bucket.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys are strings such as {@code "2/name"}: the number in front is the bucket. */
class WorkQueueTest {

  private static final Duration FIRST = Duration.ofMillis(10);
  private static final Duration MAX = Duration.ofSeconds(1);

  private final FakeClocks clocks = new FakeClocks();
  private final FakeTerm term = new FakeTerm(7);
  private final List<Bucket> stopped = new ArrayList<>();
  private final WorkQueue<String> queue = queue(new RateLimit(1000, 1000));

  private WorkQueue<String> queue(RateLimit retries) {
    return new WorkQueue<>(
        key -> key.charAt(0) - '0',
        clocks,
        new Backoff(FIRST, MAX, 0, new SplittableRandom(1)),
        retries);
  }

  @Test
  void keysOfBucketsThatAreNotOpenAreDroppedAtTheDoor() {
    assertThat(queue.add("0/a", Lane.LIVE)).isFalse();
    assertThat(queue.addAfter("0/a", Lane.LIVE, Duration.ZERO)).isFalse();
    open(1);
    assertThat(queue.add("0/a", Lane.LIVE)).isFalse();
    open(0);
    assertThat(runAll()).isEmpty();
    assertThat(queue.untilNext()).isNull();
  }

  @Test
  void keyAddedOftenRunsOnce() {
    open(0);
    for (int i = 0; i < 3; i++) {
      assertThat(queue.add("0/a", Lane.LIVE)).isTrue();
      queue.add("0/a", Lane.BACKGROUND);
      queue.addAfter("0/a", Lane.LIVE, Duration.ofMillis(1));
    }
    assertThat(runAll()).containsExactly("0/a");
    clocks.pass(Duration.ofHours(1));
    assertThat(runAll()).isEmpty();
  }

  @Test
  void keyAddedWhileItRunsIsNotGivenToAnotherButRunsOnceMore() {
    open(0);
    queue.add("0/a", Lane.LIVE);
    Work<String> first = poll();
    queue.add("0/a", Lane.LIVE);
    queue.add("0/a", Lane.BACKGROUND);
    assertThat(queue.poll()).isNull();
    queue.done(first);
    Work<String> second = poll();
    assertThat(second.lane()).isEqualTo(Lane.LIVE);
    queue.done(second);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void liveKeysGoFirstButNeverStarveTheBackground() {
    open(0);
    for (int i = 0; i < 3; i++) {
      queue.add("0/background" + i, Lane.BACKGROUND);
    }
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < 4 * BucketQueue.LIVE_RUN; i++) {
      queue.add("0/live" + i, Lane.LIVE);
    }
    for (Work<String> work = queue.poll(); work != null; work = queue.poll()) {
      lanes.add(work.lane());
      queue.done(work);
    }
    List<Lane> expected = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      expected.addAll(java.util.Collections.nCopies(BucketQueue.LIVE_RUN, Lane.LIVE));
      expected.add(Lane.BACKGROUND);
    }
    expected.addAll(java.util.Collections.nCopies(BucketQueue.LIVE_RUN, Lane.LIVE));
    assertThat(lanes).isEqualTo(expected);
  }

  @Test
  void keyWaitingInTheBackgroundMovesUpWhenItIsNews() {
    open(0);
    queue.add("0/a", Lane.BACKGROUND);
    queue.add("0/b", Lane.BACKGROUND);
    queue.add("0/c", Lane.BACKGROUND);
    queue.add("0/b", Lane.LIVE);
    queue.add("0/b", Lane.BACKGROUND);
    assertThat(runAll()).containsExactly("0/b", "0/a", "0/c");
  }

  @Test
  void bucketsTakeTurnsKeyByKey() {
    openThreeWithKeys();
    assertThat(runAll(Duration.ofNanos(Turns.LONGEST_NANOS)).subList(0, 6))
        .containsExactly("0/0", "1/a", "2/a", "0/1", "2/b", "0/2");
  }

  @Test
  void threadWhoseRunsTakeNoTimeTakesSomeKeysOfABucketInARow() {
    openThreeWithKeys();
    assertThat(runAll(Duration.ZERO).subList(0, 12))
        .containsExactly(
            "0/0", "0/1", "0/2", "0/3", "0/4", "0/5", "0/6", "0/7", "1/a", "2/a", "2/b", "0/8");
  }

  @Test
  void threadStaysWithABucketForNoLongerThanItMay() {
    openThreeWithKeys();
    assertThat(runAll(Duration.ofNanos(Turns.LONGEST_NANOS / 2)).subList(0, 6))
        .containsExactly("0/0", "0/1", "1/a", "2/a", "2/b", "0/2");
  }

  private void openThreeWithKeys() {
    open(0);
    open(1);
    open(2);
    for (int i = 0; i < 100; i++) {
      queue.add("0/" + i, Lane.LIVE);
    }
    queue.add("1/a", Lane.BACKGROUND);
    queue.add("2/a", Lane.LIVE);
    queue.add("2/b", Lane.LIVE);
  }

  @Test
  void failedKeyComesBackAfterTwiceTheTimeEachTimeUpToTheMaximum() {
    open(0);
    queue.add("0/a", Lane.BACKGROUND);
    List<Long> waits = new ArrayList<>();
    for (int attempt = 1; attempt <= 9; attempt++) {
      Work<String> work = poll();
      assertThat(work.attempt()).isEqualTo(attempt);
      assertThat(work.lane()).isEqualTo(Lane.BACKGROUND);
      queue.failed(work);
      assertThat(queue.poll()).isNull();
      Duration wait = requireNonNull(queue.untilNext());
      waits.add(wait.toMillis());
      clocks.pass(wait.minusNanos(1));
      assertThat(queue.poll()).isNull();
      clocks.pass(Duration.ofNanos(1));
    }
    assertThat(waits).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1000L, 1000L);
  }

  @Test
  void successAndForgetCountFailuresFromZeroAgain() {
    open(0);
    queue.add("0/a", Lane.LIVE);
    queue.failed(poll());
    clocks.pass(FIRST);
    queue.doneUntil(poll(), Duration.ZERO);
    Work<String> afterSuccess = poll();
    assertThat(afterSuccess.attempt()).isEqualTo(1);
    queue.failed(afterSuccess);
    queue.forget("0/a");
    clocks.pass(FIRST);
    assertThat(poll().attempt()).isEqualTo(1);
  }

  @Test
  void newsOfAFailingKeyRunsItAtOnceAndInsteadOfTheRetry() {
    open(0);
    queue.add("0/a", Lane.LIVE);
    queue.failed(poll());
    queue.add("0/a", Lane.LIVE);
    Work<String> again = poll();
    assertThat(again.attempt()).isEqualTo(2);
    queue.done(again);
    clocks.pass(MAX);
    assertThat(queue.poll()).isNull();
    assertThat(queue.untilNext()).isNull();
  }

  @Test
  void resyncDoesNotShortenTheWaitOfAFailingKey() {
    open(0);
    queue.add("0/a", Lane.LIVE);
    queue.failed(poll());
    queue.add("0/a", Lane.BACKGROUND);
    assertThat(queue.poll()).isNull();
    clocks.pass(FIRST);
    assertThat(poll().attempt()).isEqualTo(2);
  }

  @Test
  void retriesOfAllKeysShareARateLimit() {
    WorkQueue<String> limited = queue(new RateLimit(10, 2));
    limited.open(new Bucket("webpage", 0, 8), term);
    limited.open(new Bucket("webpage", 1, 8), term);
    for (int i = 0; i < 10; i++) {
      limited.add(i % 2 + "/" + i, Lane.LIVE);
    }
    for (Work<String> work = limited.poll(); work != null; work = limited.poll()) {
      limited.failed(work);
    }
    clocks.pass(MAX);
    List<Integer> runs = new ArrayList<>();
    for (int second = 0; second < 9; second++) {
      int before = runs.size();
      for (Work<String> work = limited.poll(); work != null; work = limited.poll()) {
        limited.done(work);
        runs.add(second);
      }
      assertThat(runs.size() - before).isEqualTo(second == 0 ? 2 : 1);
      if (second < 8) {
        assertThat(limited.untilNext()).isEqualTo(Duration.ofMillis(100));
        assertThat(limited.counts())
            .extracting(BucketCounts::queued)
            .contains(1 + (7 - second) / 2);
        clocks.pass(Duration.ofMillis(100));
      }
    }
    assertThat(limited.untilNext()).isNull();
  }

  @Test
  void delayedKeyComesAtItsTimeAndNotBefore() {
    open(0);
    queue.addAfter("0/late", Lane.LIVE, Duration.ofMinutes(10));
    queue.addAfter("0/soon", Lane.LIVE, Duration.ofMinutes(5));
    assertThat(queue.untilNext()).isEqualTo(Duration.ofMinutes(5));
    clocks.pass(Duration.ofMinutes(5).minusNanos(1));
    assertThat(runAll()).isEmpty();
    clocks.pass(Duration.ofNanos(1));
    assertThat(runAll()).containsExactly("0/soon");
    clocks.pass(Duration.ofMinutes(5));
    assertThat(runAll()).containsExactly("0/late");
  }

  @Test
  void ofSeveralDelaysTheShortestCounts() {
    open(0);
    queue.addAfter("0/a", Lane.LIVE, Duration.ofMinutes(5));
    queue.addAfter("0/a", Lane.LIVE, Duration.ofMinutes(2));
    queue.addAfter("0/a", Lane.LIVE, Duration.ofMinutes(9));
    assertThat(queue.untilNext()).isEqualTo(Duration.ofMinutes(2));
    clocks.pass(Duration.ofMinutes(2));
    assertThat(runAll()).containsExactly("0/a");
    assertThat(queue.untilNext()).isNull();
  }

  @Test
  void delayAskedForWhileTheKeyRunsIsKeptUnlessTheResultIsEarlier() {
    open(0);
    queue.add("0/a", Lane.LIVE);
    Work<String> work = poll();
    queue.addAfter("0/a", Lane.LIVE, Duration.ofMinutes(5));
    queue.done(work);
    assertThat(queue.untilNext()).isEqualTo(Duration.ofMinutes(5));
    clocks.pass(Duration.ofMinutes(5));
    work = poll();
    queue.addAfter("0/a", Lane.LIVE, Duration.ofMinutes(5));
    queue.doneUntil(work, Duration.ofMinutes(1));
    assertThat(queue.untilNext()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void resultOfTheLatestRunReplacesTheDelayOfAnEarlierOne() {
    open(0);
    queue.add("0/a", Lane.LIVE);
    queue.doneUntil(poll(), Duration.ofMinutes(5));
    queue.add("0/a", Lane.LIVE);
    queue.doneUntil(poll(), Duration.ofMinutes(10));
    assertThat(queue.untilNext()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void noneOfManyDelayedKeysIsLost() {
    open(0);
    int keys = 100_000;
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < keys; i++) {
      queue.addAfter("0/" + i, Lane.LIVE, Duration.ofMillis(random.nextInt(1000)));
    }
    int ran = 0;
    Duration next = queue.untilNext();
    while (next != null) {
      clocks.pass(next);
      ran += runAll().size();
      next = queue.untilNext();
    }
    assertThat(ran).isEqualTo(keys);
  }

  @Test
  void noKeyStartsOnceItsTermIsOver() {
    open(0);
    queue.add("0/a", Lane.LIVE);
    queue.add("0/b", Lane.LIVE);
    Work<String> running = poll();
    term.end();
    assertThat(queue.poll()).isNull();
    assertThat(queue.add("0/c", Lane.LIVE)).isFalse();
    assertThatThrownBy(() -> running.permit().check())
        .isInstanceOf(TermOver.class)
        .hasMessageContaining("webpage.00-of-08")
        .hasMessageContaining("epoch 7");
  }

  @Test
  void permitStandsForWhatRemainsOfItsTermAndForNothingOnceThatIsOver() {
    open(0);
    queue.add("0/a", Lane.LIVE);
    Permit permit = poll().permit();
    assertThat(permit.remaining()).isEqualTo(term.remaining()).isPositive();
    term.end();
    assertThat(permit.remaining()).isZero();
  }

  @Test
  void closedBucketHasStoppedOnlyWhenNoKeyOfItRuns() {
    open(0);
    queue.add("0/a", Lane.LIVE);
    queue.add("0/b", Lane.LIVE);
    queue.add("0/c", Lane.LIVE);
    Work<String> a = poll();
    Work<String> b = poll();
    close(0);
    assertThat(queue.poll()).isNull();
    // The bucket is still held while its runs end, so they may finish what they are writing.
    assertThat(a.permit().isValid()).isTrue();
    queue.failed(a);
    assertThat(stopped).isEmpty();
    assertThat(queue.counts()).extracting(BucketCounts::running).containsExactly(1);
    assertThatThrownBy(() -> open(0)).isInstanceOf(IllegalStateException.class);
    queue.doneUntil(b, Duration.ofMillis(1));
    assertThat(stopped).containsExactly(new Bucket("webpage", 0, 8));
    clocks.pass(MAX);
    assertThat(queue.untilNext()).isNull();
    assertThat(queue.counts()).isEmpty();
  }

  @Test
  void bucketOpenedAgainStartsEmptyWithANewPermit() {
    open(0);
    queue.add("0/a", Lane.LIVE);
    queue.addAfter("0/b", Lane.LIVE, Duration.ofMillis(1));
    close(0);
    assertThat(stopped).hasSize(1);
    Permit permit = queue.open(new Bucket("webpage", 0, 8), new FakeTerm(8));
    clocks.pass(MAX);
    assertThat(queue.poll()).isNull();
    queue.add("0/a", Lane.LIVE);
    assertThat(poll().permit()).isSameAs(permit);
    assertThat(permit.epoch()).isEqualTo(8);
  }

  @Test
  void closingOneBucketLeavesTheOthersAlone() {
    open(0);
    open(1);
    for (String key : List.of("0/a", "1/a", "0/b", "1/b")) {
      queue.add(key, Lane.LIVE);
      queue.addAfter(key + "later", Lane.LIVE, Duration.ofMillis(1));
    }
    close(0);
    assertThat(runAll()).containsExactly("1/a", "1/b");
    clocks.pass(Duration.ofMillis(1));
    assertThat(runAll()).containsExactlyInAnyOrder("1/alater", "1/blater");
  }

  @Test
  void closingABucketThatIsNotOpenIsRefused() {
    assertThatThrownBy(() -> close(3)).isInstanceOf(IllegalStateException.class);
    open(3);
    queue.add("3/a", Lane.LIVE);
    poll();
    close(3);
    assertThatThrownBy(() -> close(3)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void workThatNeverBeganWaitsAgainWithoutAFailure() {
    open(0);
    queue.add("0/a", Lane.BACKGROUND);
    queue.putBack(poll());
    Work<String> again = poll();
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(again.lane()).isEqualTo(Lane.BACKGROUND);
    queue.done(again);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void queueIsToldOnceHowARunWent() {
    open(0);
    queue.add("0/a", Lane.LIVE);
    Work<String> work = poll();
    queue.done(work);
    assertThatThrownBy(() -> queue.failed(work)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void countsSayWhatWaitsAndWhatRuns() {
    open(1);
    open(0);
    queue.add("0/a", Lane.LIVE);
    queue.add("0/b", Lane.BACKGROUND);
    queue.addAfter("0/c", Lane.LIVE, Duration.ofMillis(1));
    poll();
    assertThat(queue.counts())
        .containsExactly(
            new BucketCounts(new Bucket("webpage", 0, 8), 7, 1, 1, 1),
            new BucketCounts(new Bucket("webpage", 1, 8), 7, 0, 0, 0));
  }

  private void open(int bucket) {
    queue.open(new Bucket("webpage", bucket, 8), term);
  }

  private void close(int bucket) {
    queue.close(new Bucket("webpage", bucket, 8), stopped::add);
  }

  private Work<String> poll() {
    return requireNonNull(queue.poll());
  }

  private List<String> runAll() {
    return runAll(Duration.ZERO);
  }

  private List<String> runAll(Duration each) {
    List<String> keys = new ArrayList<>();
    @Nullable Work<String> work = queue.poll();
    while (work != null) {
      keys.add(work.key());
      clocks.pass(each);
      queue.done(work);
      work = queue.poll();
    }
    return keys;
  }
}
