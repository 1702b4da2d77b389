package dev.leasehold.bucket;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All buckets of a controller, and the rule by which a key belongs to one of them.
 *
 * <p>Bucket {@code i} of {@code N} has the hashes whose product with {@code N} has {@code i} as its
 * high 64 bits. So ranges are contiguous, their sizes differ by one at most, and twice as many
 * buckets split each range in two: bucket {@code i} into {@code 2i} and {@code 2i + 1}. (Lemire,
 * "Fast Random Integer Generation in an Interval", 2019, section 3.)
 *
 * <p>Immutable and thread-safe.
 */
public final class BucketSet {

  private final String controller;
  private final KeyHash hash;
  private final List<Bucket> buckets;

  private BucketSet(String controller, int count, KeyHash hash) {
    this.controller = LeaseNames.requireController(controller);
    this.hash = hash;
    // The first bucket checks the count, before anything of its size is made.
    Bucket first = new Bucket(controller, 0, count);
    this.buckets =
        IntStream.range(0, count)
            .mapToObj(index -> index == 0 ? first : new Bucket(controller, index, count))
            .toList();
  }

  /**
   * The buckets of a controller.
   *
   * @param controller its name, a DNS-1123 label
   * @param count how many buckets, {@value Bucket#MIN_COUNT} to {@value Bucket#MAX_COUNT}
   * @param hash what of a resource decides its bucket
   * @throws IllegalArgumentException if the name cannot be a part of a Lease's name, or the count
   *     is out of range
   */
  public static BucketSet of(String controller, int count, KeyHash hash) {
    return new BucketSet(controller, count, hash);
  }

  /** The controller's name. */
  public String controller() {
    return controller;
  }

  /** How many buckets there are. */
  public int count() {
    return buckets.size();
  }

  /** What of a resource decides its bucket. */
  public KeyHash hash() {
    return hash;
  }

  /** All buckets by index, unmodifiable. */
  public List<Bucket> buckets() {
    return buckets;
  }

  /**
   * The bucket of a resource.
   *
   * @param namespace its namespace; null or empty if it is cluster-scoped
   * @param name its name
   * @param uid its uid; may be null unless the hash is {@link KeyHash#UID}
   * @throws IllegalArgumentException if the uid is needed and missing
   */
  public Bucket bucketOf(@Nullable String namespace, String name, @Nullable String uid) {
    return bucketOf(hash.of(namespace, name, uid));
  }

  /**
   * The bucket of a hash.
   *
   * @param hash any 64 bits, read as unsigned
   */
  public Bucket bucketOf(long hash) {
    return buckets.get((int) unsignedMultiplyHigh(hash, count()));
  }

  /**
   * The hashes that belong to a bucket.
   *
   * @param bucket a bucket of this set
   * @throws IllegalArgumentException if the bucket is not of this set
   */
  public HashRange rangeOf(Bucket bucket) {
    if (!bucket.controller().equals(controller) || bucket.count() != count()) {
      throw new IllegalArgumentException(
          "Bucket %s is not one of the %d buckets of controller '%s'."
              .formatted(bucket, count(), controller));
    }
    return new HashRange(firstOf(bucket.index()), firstOf(bucket.index() + 1) - 1);
  }

  /**
   * The smallest hash of a bucket: {@code index * 2^64 / count}, rounded up. One behind the last
   * bucket it is 2^64, which wraps to 0, and the hash before it is the largest one.
   */
  private long firstOf(int index) {
    // 2^64 does not fit, so divide 2^64 - 1 and give the remainder the one that was left out.
    long quotient = Long.divideUnsigned(-1L, count());
    long remainder = Long.remainderUnsigned(-1L, count()) + 1;
    long roundedUp = (index * remainder + count() - 1) / count();
    return index * quotient + roundedUp;
  }

  /**
   * The high half of the 128-bit product. {@link Math#multiplyHigh} reads a hash from 2^63 on as
   * that hash minus 2^64, and so falls short by {@code factor} in the high half. (From JDK 18 on
   * there is a method for it.)
   */
  private static long unsignedMultiplyHigh(long hash, int factor) {
    return Math.multiplyHigh(hash, factor) + (hash < 0 ? factor : 0);
  }

  @Override
  public String toString() {
    return "%d buckets of %s by %s".formatted(count(), controller, hash);
  }
}
