package dev.leasehold.queue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A heap of things ordered by due time, each in it at most once and removable in O(log n), because
 * each knows its place.
 *
 * <p>Due times are monotonic nanoseconds and compare by subtraction. Not thread-safe.
 */
final class DeadlineHeap<N extends DeadlineHeap.Node> {

  /** What can be in one heap at a time. */
  abstract static class Node {
    /** Read by the heap; change it only while outside of the heap. */
    long due;

    private int place = -1;

    final boolean isInHeap() {
      return place >= 0;
    }
  }

  private final List<N> nodes = new ArrayList<>();

  int size() {
    return nodes.size();
  }

  @Nullable N first() {
    return nodes.isEmpty() ? null : nodes.get(0);
  }

  void add(N node, long due) {
    node.due = due;
    nodes.add(node);
    up(node, nodes.size() - 1);
  }

  /** Removes a node that is in this heap. */
  void remove(N node) {
    int hole = ((Node) node).place;
    ((Node) node).place = -1;
    N last = nodes.remove(nodes.size() - 1);
    if (last != node) {
      down(last, hole);
      up(last, ((Node) last).place);
    }
  }

  private void up(N node, int from) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) / 2;
      if (!isBefore(node, nodes.get(parent))) {
        break;
      }
      put(nodes.get(parent), place);
      place = parent;
    }
    put(node, place);
  }

  private void down(N node, int from) {
    int place = from;
    while (true) {
      int child = 2 * place + 1;
      if (child >= nodes.size()) {
        break;
      }
      if (child + 1 < nodes.size() && isBefore(nodes.get(child + 1), nodes.get(child))) {
        child++;
      }
      if (!isBefore(nodes.get(child), node)) {
        break;
      }
      put(nodes.get(child), place);
      place = child;
    }
    put(node, place);
  }

  private void put(N node, int place) {
    nodes.set(place, node);
    ((Node) node).place = place;
  }

  private static boolean isBefore(Node one, Node other) {
    return one.due - other.due < 0;
  }
}
