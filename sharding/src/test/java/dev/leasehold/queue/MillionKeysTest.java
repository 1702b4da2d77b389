package dev.leasehold.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import java.util.BitSet;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Far more keys than a replica should have, and some as long as names in Kubernetes can be. Keys
 * are numbers as text, and their buckets what is left when they are divided by eight.
 */
class MillionKeysTest {

  private static final int KEYS = 1_000_000;
  private static final int BUCKETS = 8;
  private static final int LONGEST_NAME = 253;

  private final WorkQueue<String> queue =
      new WorkQueue<>(
          key -> Integer.parseInt(key) % BUCKETS,
          new FakeClocks(),
          Backoff.standard(new SplittableRandom(1)),
          RateLimit.standard());

  @Test
  void eachOfAMillionKeysRunsOnceAndNothingIsLeft() {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      queue.open(new Bucket("webpage", bucket, BUCKETS), new FakeTerm(1));
      assertThat(queue.addAll(bucket, keysOf(bucket), Lane.BACKGROUND)).isTrue();
    }
    assertThat(queue.figures()).isEqualTo(new QueueFigures(0, KEYS, 0, 0, 0, KEYS, 0));

    BitSet ran = new BitSet(KEYS);
    int runs = 0;
    for (Work<String> work = queue.poll(); work != null; work = queue.poll()) {
      ran.set(Integer.parseInt(work.key()));
      runs++;
      queue.done(work);
    }
    assertThat(ran.cardinality()).isEqualTo(KEYS);
    assertThat(runs).isEqualTo(KEYS);
    assertThat(queue.figures()).isEqualTo(new QueueFigures(0, 0, 0, 0, 0, KEYS, 0));
    assertThat(queue.untilNext()).isNull();
  }

  private static Iterator<String> keysOf(int bucket) {
    return IntStream.range(0, KEYS / BUCKETS)
        .map(number -> number * BUCKETS + bucket)
        .mapToObj(MillionKeysTest::key)
        .iterator();
  }

  /** One in ten keys is made as long as a name can be, by zeros in front. */
  private static String key(int number) {
    String digits = Integer.toString(number);
    return number % 10 == 0 ? "0".repeat(LONGEST_NAME - digits.length()) + digits : digits;
  }
}
