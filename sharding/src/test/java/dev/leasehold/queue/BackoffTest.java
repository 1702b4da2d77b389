package dev.leasehold.queue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration FIRST = Duration.ofNanos(100);
  private static final Duration MAX = Duration.ofNanos(700);

  /** Draws 0.5 each time. */
  private static final RandomGenerator HALF = () -> Long.MIN_VALUE;

  @Test
  void waitsAreTwiceAsLongEachTimeUpToTheMaximum() {
    IntToLongFunction wait = new Backoff(FIRST, MAX, 0, HALF).draw();
    assertThat(IntStream.rangeClosed(1, 5).mapToLong(wait))
        .containsExactly(100L, 200L, 400L, 700L, 700L);
    assertThat(wait.applyAsLong(Integer.MAX_VALUE)).isEqualTo(700);
  }

  @Test
  void chanceShortensAWaitByItsPart() {
    assertThat(new Backoff(FIRST, MAX, 0.2, HALF).draw().applyAsLong(2)).isEqualTo(180);
  }

  @Test
  void aBucketGoesOnWhileTheChanceForItsKeyIsDrawn() {
    OpenBuckets<String> buckets = new OpenBuckets<>(RateLimit.standard(), () -> 0);
    buckets.open(new Bucket("webpage", 0, 1), new FakeTerm(1));
    SharedBucket<String> bucket = requireNonNull(buckets.find(0));
    bucket.add("failing", Lane.LIVE);
    bucket.add("other", Lane.LIVE);
    Work<String> failing = requireNonNull(bucket.take(true));
    List<@Nullable Work<String>> takenMeanwhile = new ArrayList<>();
    RandomGenerator slow =
        () -> {
          takenMeanwhile.add(bucket.take(false));
          return 0;
        };
    bucket.failed(failing, 0, new Backoff(FIRST, MAX, 0.2, slow));
    assertThat(takenMeanwhile).doesNotContainNull().hasSize(1);
  }
}
