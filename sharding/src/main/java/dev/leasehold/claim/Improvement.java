package dev.leasehold.claim;

import java.util.Arrays;

/**
 * Exchanges extras until totals are as even as can be and, that being so, as many buckets as can be
 * stay in their place.
 *
 * <p>This is cycle cancelling for flows of least cost (Klein, 1967): a flow is optimal if, and only
 * if, there is no cycle along which a change of the flow would gain. The nodes are the members, and
 * an arc stands for the best exchange between two of them. One more node, the ground, closes chains
 * of exchanges whose first member ends with one bucket less and whose last one has one more: its
 * arcs weigh what that changes in half the sum of the squares of totals, times more than all
 * exchanges of a chain can lose. So one search serves both aims in their order. Gaining cycles are
 * found by Bellman and Ford's labels, looking for cycles among the predecessors after every round
 * (Cherkassky and Goldberg, "Negative-cycle detection algorithms", 1999).
 *
 * <p>Each round of exchanges gains at least one, so it ends. A good first draft leaves few.
 */
final class Improvement {

  private static final int NONE = -1;

  private final Extras extras;
  private final Exchanges exchanges;
  private final int ground;
  private final long evenness;
  private final long[] label;
  private final int[] previous;

  /** By node: the walk along predecessors that came by last. */
  private final int[] walk;

  private Improvement(Extras extras) {
    this.extras = extras;
    this.exchanges = new Exchanges(extras);
    this.ground = extras.members;
    this.evenness = extras.members + 1L;
    this.label = new long[extras.members + 1];
    this.previous = new int[extras.members + 1];
    this.walk = new int[extras.members + 1];
  }

  static void toOptimum(Extras extras) {
    if (extras.areEvidentlyBest()) {
      return;
    }
    Improvement improvement = new Improvement(extras);
    while (improvement.step()) {
      // Each step has made things better.
    }
  }

  /** Looks for gaining cycles and exchanges along those found; returns whether there were any. */
  private boolean step() {
    Arrays.fill(label, 0);
    Arrays.fill(previous, NONE);
    int lowest = extras.lowestTotal();
    while (relax(lowest)) {
      if (exchangeAlongCycles()) {
        return true;
      }
    }
    return false;
  }

  /** Lets every arc raise the label of its end; returns whether any did. */
  private boolean relax(int lowest) {
    boolean raised = false;
    for (int from = 0; from < ground; from++) {
      for (int to = 0; to < ground; to++) {
        int change = exchanges.bestChange(from, to);
        if (change != Exchanges.IMPOSSIBLE) {
          raised |= raise(from, to, change);
        }
      }
      // Totals count from the lowest, so that labels need not travel far from 0.
      raised |= raise(from, ground, -evenness * (extras.total(from) - lowest));
    }
    for (int to = 0; to < ground; to++) {
      raised |= raise(ground, to, evenness * (extras.total(to) - lowest - 1));
    }
    return raised;
  }

  private boolean raise(int from, int to, long weight) {
    if (label[from] + weight <= label[to]) {
      return false;
    }
    label[to] = label[from] + weight;
    previous[to] = from;
    return true;
  }

  /**
   * Every cycle among the predecessors gains, and they have no node in common. So all their
   * exchanges can be made one after the other: none takes from a member, or gives to it, what
   * another needs.
   */
  private boolean exchangeAlongCycles() {
    boolean found = false;
    Arrays.fill(walk, NONE);
    for (int start = 0; start <= ground; start++) {
      int node = start;
      while (node != NONE && walk[node] == NONE) {
        walk[node] = start;
        node = previous[node];
      }
      if (node != NONE && walk[node] == start) {
        exchangeAlong(node);
        found = true;
      }
    }
    return found;
  }

  private void exchangeAlong(int start) {
    int to = start;
    do {
      int from = previous[to];
      if (from != ground && to != ground) {
        exchanges.exchange(from, to);
      }
      to = from;
    } while (to != start);
  }
}
