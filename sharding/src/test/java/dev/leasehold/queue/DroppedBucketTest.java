package dev.leasehold.queue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.leasehold.bucket.Bucket;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A bucket is dropped as a whole: what that costs doesn't depend on how many keys it has. */
class DroppedBucketTest {

  private static final Bucket BUCKET = new Bucket("webpage", 0, 1);
  private static final int KEYS = 100_000;

  /** What the compiler may do differently meanwhile; far below a byte for each key. */
  private static final int SLACK = 4096;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final FakeClocks clocks = new FakeClocks();
  private final WorkQueue<Integer> queue =
      new WorkQueue<>(
          key -> 0,
          clocks,
          new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 0, new SplittableRandom(1)),
          new RateLimit(1, 1));

  @Test
  void droppingAllocatesAsMuchForManyKeysAsForFew() {
    for (int warmUp = 0; warmUp < 100; warmUp++) {
      fillAndClose(10);
    }
    long few = leastOf(10);
    assertThat(leastOf(KEYS)).isLessThan(few + SLACK);
  }

  @Test
  void noKeyIsTouchedByTheDropWhereverItWaits() {
    queue.open(BUCKET, new FakeTerm(1));
    List<Work<Integer>> works = takeMany();
    // Each in the middle of some place: both lanes, delayed, and retries that wait for a token.
    for (Work<Integer> work : works) {
      switch (work.key() % 3) {
        case 0 -> queue.putBack(work);
        case 1 -> queue.doneUntil(work, Duration.ofHours(1 + work.key()));
        default -> queue.failed(work);
      }
    }
    clocks.pass(Duration.ofMillis(1));
    queue.done(requireNonNull(queue.poll()));
    List<String> before = works.stream().map(DroppedBucketTest::place).toList();
    queue.close(BUCKET, stopped -> {});
    assertThat(works.stream().map(DroppedBucketTest::place).toList()).isEqualTo(before);
    for (String place : List.of("DUE", "DELAYED", "QUEUED LIVE", "QUEUED BACKGROUND")) {
      assertThat(before).filteredOn(where -> where.startsWith(place)).hasSizeGreaterThan(1);
    }
  }

  /** Where the queue has the key: its phase and lane, its neighbours, whether it is in the heap. */
  private static String place(Work<Integer> work) {
    KeyEntry<Integer> entry = work.entry;
    return "%s %s %s %s %s %s"
        .formatted(
            entry.phase,
            entry.lane,
            entry.previous == null ? null : entry.previous.key,
            entry.next == null ? null : entry.next.key,
            entry.chained == null ? null : entry.chained.key,
            entry.isInHeap());
  }

  private List<Work<Integer>> takeMany() {
    queue.addAll(0, IntStream.range(0, 150).iterator(), Lane.LIVE);
    queue.addAll(0, IntStream.range(150, 300).iterator(), Lane.BACKGROUND);
    List<Work<Integer>> works = new ArrayList<>();
    for (Work<Integer> work = queue.poll(); work != null; work = queue.poll()) {
      works.add(work);
    }
    assertThat(works).hasSize(300);
    return works;
  }

  private long leastOf(int keys) {
    return IntStream.range(0, 5).mapToLong(round -> fillAndClose(keys)).min().orElseThrow();
  }

  /** Bytes that this thread allocated for the drop. */
  private long fillAndClose(int keys) {
    queue.open(BUCKET, new FakeTerm(1));
    queue.addAll(0, IntStream.range(0, keys).iterator(), Lane.LIVE);
    long before = threads.getCurrentThreadAllocatedBytes();
    queue.close(BUCKET, stopped -> {});
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
