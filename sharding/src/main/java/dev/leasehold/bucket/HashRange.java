package dev.leasehold.bucket;

/**
 * The hashes of one bucket: {@code first} to {@code last}, both included, both to be read as
 * unsigned. (Included, since the end of the last range, 2^64, is not a {@code long}.)
 *
 * @param first the smallest hash of the range
 * @param last the largest hash of the range, not below {@code first}
 */
public record HashRange(long first, long last) {

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if the last hash is below the first
   */
  public HashRange {
    if (Long.compareUnsigned(first, last) > 0) {
      throw new IllegalArgumentException(
          "A hash range from 0x%016x to 0x%016x is empty.".formatted(first, last));
    }
  }

  /** Whether the hash, read as unsigned, lies in this range. */
  public boolean contains(long hash) {
    return Long.compareUnsigned(first, hash) <= 0 && Long.compareUnsigned(hash, last) <= 0;
  }

  @Override
  public String toString() {
    return "0x%016x..0x%016x".formatted(first, last);
  }
}
