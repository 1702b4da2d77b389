package dev.leasehold.samples.demo.check;

import java.util.Comparator;

/**
 * A bucket as traces name it.
 *
 * @param controller its controller
 * @param index its index
 */
public record BucketId(String controller, int index) implements Comparable<BucketId> {

  private static final Comparator<BucketId> ORDER =
      Comparator.comparing(BucketId::controller).thenComparingInt(BucketId::index);

  @Override
  public int compareTo(BucketId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return controller + " " + index;
  }
}
