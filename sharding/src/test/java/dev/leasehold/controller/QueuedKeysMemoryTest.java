package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.Backoff;
import dev.leasehold.queue.BucketCounts;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.RateLimit;
import dev.leasehold.queue.WorkQueue;
import dev.leasehold.time.Clocks;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a key costs while it waits in the queue, besides the key, which the cache has anyway. */
class QueuedKeysMemoryTest {

  private static final int KEYS = 400_000;

  private final WorkQueue<ResourceKey> queue =
      new WorkQueue<>(
          key -> 0,
          Clocks.system(),
          Backoff.standard(new SplittableRandom(1)),
          RateLimit.standard());

  @Test
  void aQueuedKeyCostsAtMost120Bytes() {
    assertThat(bytesOfEach(key -> queue.add(key, Lane.LIVE))).isBetween(40L, 120L);
    assertThat(queue.counts()).extracting(BucketCounts::queued).containsExactly(KEYS);
  }

  @Test
  void aDelayedKeyCostsAtMost130Bytes() {
    assertThat(bytesOfEach(key -> queue.addAfter(key, Lane.LIVE, Duration.ofDays(1))))
        .isBetween(40L, 130L);
    assertThat(queue.counts()).extracting(BucketCounts::delayed).containsExactly(KEYS);
  }

  private long bytesOfEach(Consumer<ResourceKey> adds) {
    queue.open(new Bucket("webpage", 0, 1), new FakeTerm(7));
    List<ResourceKey> keys =
        IntStream.range(0, KEYS).mapToObj(i -> new ResourceKey("default", "name-" + i)).toList();
    long before = Heap.usedBytes();
    keys.forEach(adds);
    long bytes = (Heap.usedBytes() - before) / KEYS;
    // Asked after the measurement, so that they were no garbage by then.
    assertThat(keys).hasSize(KEYS);
    return bytes;
  }
}
