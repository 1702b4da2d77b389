package dev.leasehold.claim;

import java.util.List;

/** Who has which layouts' extras, and what each member's total is with them. */
final class Extras {

  final List<Layout> layouts;
  final int members;

  /** By member: all buckets it is to get, floors and extras. */
  private final int[] total;

  /** Nobody has an extra yet. */
  Extras(List<Layout> layouts, int members) {
    this.layouts = layouts;
    this.members = members;
    this.total = new int[members];
    for (Layout layout : layouts) {
      for (int member : layout.eligible.members) {
        total[member] += layout.floor;
      }
    }
  }

  /** All buckets that a member is to get, as things stand. */
  int total(int member) {
    return total[member];
  }

  /** Gives an extra to an eligible member that has none of this layout. */
  void give(Layout layout, int member) {
    layout.setExtra(member, true);
    total[member]++;
  }

  /** Takes an extra from a member that has one of this layout. */
  void take(Layout layout, int member) {
    layout.setExtra(member, false);
    total[member]--;
  }

  int lowestTotal() {
    int lowest = Integer.MAX_VALUE;
    for (int each : total) {
      lowest = Math.min(lowest, each);
    }
    return lowest;
  }

  /**
   * Whether it shows at a glance that nothing can be better: totals within one of each other, and
   * in each layout no bucket moves that could stay if this layout were alone. At rest, and after
   * most crashes, this is so, and spares the search. False says nothing.
   */
  boolean areEvidentlyBest() {
    int lowest = lowestTotal();
    for (int each : total) {
      if (each > lowest + 1) {
        return false;
      }
    }
    return layouts.stream().allMatch(Extras::keepsAllItCan);
  }

  private static boolean keepsAllItCan(Layout layout) {
    int kept = 0;
    int keepable = 0;
    for (int member : layout.eligible.members) {
      keepable += layout.gain(member);
      kept += layout.hasExtra(member) ? layout.gain(member) : 0;
    }
    return kept == Math.min(keepable, layout.extras);
  }
}
