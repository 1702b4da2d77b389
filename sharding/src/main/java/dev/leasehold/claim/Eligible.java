package dev.leasehold.claim;

import java.util.BitSet;

/**
 * The members, by number, that share a layout's buckets: as a list to walk and as a set to ask.
 * Read only; layouts with the same members share one.
 */
final class Eligible {

  /** Ascending, and not empty. */
  final int[] members;

  private final boolean[] contains;

  private Eligible(int[] members, boolean[] contains) {
    this.members = members;
    this.contains = contains;
  }

  static Eligible of(BitSet members, int numbers) {
    boolean[] contains = new boolean[numbers];
    members.stream().forEach(member -> contains[member] = true);
    return new Eligible(members.stream().toArray(), contains);
  }

  boolean contains(int member) {
    return contains[member];
  }
}
