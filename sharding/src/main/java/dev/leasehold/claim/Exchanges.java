package dev.leasehold.claim;

/**
 * The best exchange of an extra between any two members.
 *
 * <p>An exchange takes an extra of one layout from a member and gives it to another, eligible one
 * that has none of that layout. It changes the number of buckets that stay in their place by -1, 0
 * or 1. For each ordered pair of members the exchanges are counted by that change, so that {@link
 * Improvement} works on as many nodes as there are members, whatever the number of controllers.
 */
final class Exchanges {

  /** Says that there is no exchange; below every change that there can be. */
  static final int IMPOSSIBLE = Byte.MIN_VALUE;

  private final Extras extras;
  private final int members;

  /** By change + 1, then by pair: how many layouts allow an exchange with this change. */
  private final int[][] count;

  /** By pair: the largest change with a count above 0, or {@link #IMPOSSIBLE}. */
  private final byte[] best;

  Exchanges(Extras extras) {
    this.extras = extras;
    this.members = extras.members;
    this.count = new int[3][members * members];
    this.best = new byte[members * members];
    for (Layout layout : extras.layouts) {
      for (int member : layout.eligible.members) {
        if (layout.hasExtra(member)) {
          count(layout, member, 1);
        }
      }
    }
    for (int pair = 0; pair < best.length; pair++) {
      best[pair] = largest(pair);
    }
  }

  /** The best change that an exchange between two members can make, or {@link #IMPOSSIBLE}. */
  int bestChange(int from, int to) {
    return best[from * members + to];
  }

  /**
   * Makes the best exchange between two members, by the first layout that allows it.
   *
   * @throws IllegalStateException if there is none
   */
  void exchange(int from, int to) {
    int change = bestChange(from, to);
    for (Layout layout : extras.layouts) {
      if (layout.hasExtra(from)
          && layout.eligible.contains(to)
          && !layout.hasExtra(to)
          && layout.gain(to) - layout.gain(from) == change) {
        recount(layout, from, -1);
        extras.take(layout, from);
        recount(layout, from, 1);
        recount(layout, to, -1);
        extras.give(layout, to);
        recount(layout, to, 1);
        return;
      }
    }
    throw new IllegalStateException("No exchange from %d to %d".formatted(from, to));
  }

  /** Counts this layout's exchanges from or to the member in, or out again, and keeps the best. */
  private void recount(Layout layout, int member, int by) {
    count(layout, member, by);
    for (int other : layout.eligible.members) {
      int there = member * members + other;
      int back = other * members + member;
      best[there] = largest(there);
      best[back] = largest(back);
    }
  }

  private void count(Layout layout, int member, int by) {
    boolean has = layout.hasExtra(member);
    int gain = layout.gain(member);
    for (int other : layout.eligible.members) {
      if (layout.hasExtra(other) != has) {
        int change = layout.gain(other) - gain;
        if (has) {
          count[change + 1][member * members + other] += by;
        } else {
          count[-change + 1][other * members + member] += by;
        }
      }
    }
  }

  private byte largest(int pair) {
    for (int change = 1; change >= -1; change--) {
      if (count[change + 1][pair] > 0) {
        return (byte) change;
      }
    }
    return IMPOSSIBLE;
  }
}
