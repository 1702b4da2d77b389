package dev.leasehold.claim;

import java.util.List;

/**
 * Gives away all extras, well if not best: first to those for whom it leaves a bucket in its place,
 * then to those with the lowest totals. What is left for {@link Improvement} to do decides how long
 * a plan takes, not how good it is.
 */
final class FirstDraft {

  private FirstDraft() {}

  static void make(List<Layout> layouts, Extras extras) {
    if (layouts.isEmpty()) {
      return;
    }
    int[] left = keepInPlace(layouts, extras);
    for (int i = 0; i < left.length; i++) {
      for (; left[i] > 0; left[i]--) {
        extras.give(layouts.get(i), lowest(layouts.get(i), extras));
      }
    }
  }

  /** Returns how many extras of each layout are left. */
  private static int[] keepInPlace(List<Layout> layouts, Extras extras) {
    int[] left = layouts.stream().mapToInt(layout -> layout.extras).toArray();
    int evenTotal = evenTotal(layouts, extras);
    for (int i = 0; i < left.length; i++) {
      Layout layout = layouts.get(i);
      for (int member : layout.eligible.members) {
        if (left[i] > 0 && layout.gain(member) > 0 && extras.total(member) < evenTotal) {
          extras.give(layout, member);
          left[i]--;
        }
      }
    }
    return left;
  }

  /** The ceiling of the average total: nobody has more if all run the same. */
  private static int evenTotal(List<Layout> layouts, Extras extras) {
    int sum = layouts.stream().mapToInt(layout -> layout.extras).sum();
    for (int member = 0; member < extras.members; member++) {
      sum += extras.total(member);
    }
    return (sum + extras.members - 1) / extras.members;
  }

  /**
   * The member with the lowest total that may get an extra; the one that keeps a bucket by it, of
   * several.
   */
  private static int lowest(Layout layout, Extras extras) {
    int lowest = Layout.NOBODY;
    for (int member : layout.eligible.members) {
      if (!layout.hasExtra(member)
          && (lowest == Layout.NOBODY
              || rank(layout, extras, member) < rank(layout, extras, lowest))) {
        lowest = member;
      }
    }
    return lowest;
  }

  private static int rank(Layout layout, Extras extras, int member) {
    return 2 * extras.total(member) - layout.gain(member);
  }
}
