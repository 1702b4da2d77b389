package dev.leasehold.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BucketSetTest {

  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  @Property
  void bucketIsTheHighHalfOfTheProductOfHashAndCount(
      @ForAll long hash, @ForAll @IntRange(min = 1, max = 4096) int count) {
    int index = unsigned(hash).multiply(BigInteger.valueOf(count)).shiftRight(64).intValueExact();
    assertThat(buckets(count).bucketOf(hash)).isEqualTo(new Bucket("web", index, count));
  }

  @Property
  void hashIsInTheRangeOfItsBucketAndInNoOther(
      @ForAll long hash, @ForAll @IntRange(min = 1, max = 256) int count) {
    BucketSet set = buckets(count);
    assertThat(set.buckets().stream().filter(bucket -> set.rangeOf(bucket).contains(hash)))
        .containsExactly(set.bucketOf(hash));
  }

  @Property
  void rangesFollowOneAnotherFromTheSmallestToTheLargestHashAndDifferInSizeByOneAtMost(
      @ForAll @IntRange(min = 1, max = 4096) int count) {
    BucketSet set = buckets(count);
    BigInteger size = TWO_TO_64.divide(BigInteger.valueOf(count));
    BigInteger next = BigInteger.ZERO;
    for (Bucket bucket : set.buckets()) {
      HashRange range = set.rangeOf(bucket);
      assertThat(unsigned(range.first())).isEqualTo(next);
      assertThat(set.bucketOf(range.first())).isEqualTo(bucket);
      assertThat(set.bucketOf(range.last())).isEqualTo(bucket);
      next = unsigned(range.last()).add(BigInteger.ONE);
      assertThat(next.subtract(unsigned(range.first())).subtract(size))
          .isBetween(BigInteger.ZERO, BigInteger.ONE);
    }
    assertThat(next).isEqualTo(TWO_TO_64);
  }

  @Property
  void twiceAsManyBucketsSplitEachRangeInTwo(@ForAll @IntRange(min = 1, max = 2048) int count) {
    BucketSet set = buckets(count);
    BucketSet twice = buckets(2 * count);
    for (Bucket bucket : set.buckets()) {
      HashRange whole = set.rangeOf(bucket);
      HashRange lower = twice.rangeOf(twice.buckets().get(2 * bucket.index()));
      HashRange upper = twice.rangeOf(twice.buckets().get(2 * bucket.index() + 1));
      assertThat(lower.first()).isEqualTo(whole.first());
      assertThat(upper.first()).isEqualTo(lower.last() + 1);
      assertThat(upper.last()).isEqualTo(whole.last());
    }
  }

  /**
   * Pearson's chi-square of the keys per bucket. Evenly spread keys exceed df + 2 sqrt(20 df) + 40
   * once in 10^8 times (Laurent and Massart, 2000, lemma 1); keys that all fall into one of two
   * buckets have 400.
   */
  @Property(tries = 200)
  void namesThatCountUpAreSpreadEvenly(
      @ForAll @IntRange(min = 2, max = 64) int count,
      @ForAll @IntRange(max = 1_000_000) int start) {
    BucketSet set = buckets(count);
    int keys = 200 * count;
    int[] found = new int[count];
    for (int i = start; i < start + keys; i++) {
      found[set.bucketOf("default", "web-" + i, null).index()]++;
    }
    double chiSquare =
        IntStream.of(found).mapToDouble(n -> (n - 200.0) * (n - 200.0) / 200.0).sum();
    int freedom = count - 1;
    assertThat(chiSquare).isLessThan(freedom + 2 * Math.sqrt(20.0 * freedom) + 40);
  }

  @Test
  void keysKeepTheirBuckets() {
    BucketSet set = buckets(8);
    assertThat(set.bucketOf("default", "web", null).index()).isEqualTo(0);
    assertThat(set.bucketOf("a-long-namespace-name", "a-name-longer-than-one-block", null).index())
        .isEqualTo(2);
    assertThat(set.bucketOf("shop", "straße", null).index()).isEqualTo(5);
    assertThat(set.bucketOf(null, "node-1", null).index()).isEqualTo(6);
    assertThat(BucketSet.of("web", 8, KeyHash.NAMESPACE).bucketOf("default", "x", null).index())
        .isEqualTo(7);
  }

  @Test
  void rangeOfABucketOfAnotherSetIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> buckets(8).rangeOf(new Bucket("web", 1, 4)))
        .withMessageContaining("web.01-of-04");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> buckets(8).rangeOf(new Bucket("other", 1, 8)));
  }

  @Test
  void impossibleSetsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> buckets(0));
    assertThatIllegalArgumentException().isThrownBy(() -> buckets(Integer.MAX_VALUE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BucketSet.of("member", 8, KeyHash.NAME))
        .withMessageContaining("member Leases");
  }

  private static BucketSet buckets(int count) {
    return BucketSet.of("web", count, KeyHash.NAME);
  }

  private static BigInteger unsigned(long hash) {
    return new BigInteger(Long.toUnsignedString(hash));
  }
}
