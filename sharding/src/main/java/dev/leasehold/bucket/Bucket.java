package dev.leasehold.bucket;

import com.google.common.base.Strings;
import org.jspecify.annotations.Nullable;

/**
 * One of the {@code count} ranges into which a controller's keys are divided: the unit that one
 * replica leads.
 *
 * @param controller the controller's name, a DNS-1123 label
 * @param index 0 to {@code count - 1}
 * @param count how many buckets the controller has, {@value #MIN_COUNT} to {@value #MAX_COUNT}
 */
public record Bucket(String controller, int index, int count) implements Comparable<Bucket> {

  /** The smallest bucket count: a controller that one replica leads as a whole. */
  public static final int MIN_COUNT = 1;

  /** The largest bucket count. */
  public static final int MAX_COUNT = 4096;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if the count or the index is out of range
   */
  public Bucket {
    if (count < MIN_COUNT || count > MAX_COUNT) {
      throw new IllegalArgumentException(
          "Controller '%s' has a bucket count of %d; choose one from %d to %d."
              .formatted(controller, count, MIN_COUNT, MAX_COUNT));
    }
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "Bucket index %d of controller '%s' is not in 0..%d."
              .formatted(index, controller, count - 1));
    }
  }

  /**
   * The bucket's part of its Lease's name, such as {@code webpage.03-of-08}: padded to the width of
   * the count and to two digits at least, so that names sort by index.
   */
  public String leaseSuffix() {
    int width = Math.max(2, Integer.toString(count).length());
    return controller + '.' + padded(index, width) + "-of-" + padded(count, width);
  }

  private static String padded(int number, int width) {
    return Strings.padStart(Integer.toString(number), width, '0');
  }

  @Override
  public int compareTo(Bucket other) {
    int order = controller.compareTo(other.controller);
    if (order == 0) {
      order = Integer.compare(count, other.count);
    }
    return order == 0 ? Integer.compare(index, other.index) : order;
  }

  // Spelled out, as are the order and the equality: a record's own go through method handles, which
  // cost a replica with a thousand buckets much of its time to decide what to do about them.
  @Override
  public int hashCode() {
    return (controller.hashCode() * 31 + count) * 31 + index;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Bucket bucket
            && index == bucket.index
            && count == bucket.count
            && controller.equals(bucket.controller));
  }

  @Override
  public String toString() {
    return leaseSuffix();
  }
}
