package dev.leasehold.claim;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a replica's controllers stand, in numbers, at one moment. Immutable.
 *
 * @param byController the numbers of each of its controllers
 */
public record ShardFigures(Map<String, OfController> byController) {

  private static final OfController NONE = new OfController(0, 0, 0, 0, 0);

  /** Copies the map. */
  public ShardFigures {
    byController = Map.copyOf(byController);
  }

  /**
   * The numbers of one controller.
   *
   * @param buckets how many it has
   * @param wanted how many this replica should lead by the common plan
   * @param unled how many Leases name no live member, as this replica sees it
   * @param draining how many are closed here while keys of theirs still run
   * @param stuck how many of those do so though their keys have been interrupted
   */
  public record OfController(int buckets, int wanted, int unled, int draining, int stuck) {

    OfController plus(OfController other) {
      return new OfController(
          buckets + other.buckets,
          wanted + other.wanted,
          unled + other.unled,
          draining + other.draining,
          stuck + other.stuck);
    }
  }

  /** The numbers of a controller; all zero if it isn't one of the replica's. */
  public OfController of(String controller) {
    return byController.getOrDefault(controller, NONE);
  }

  /** Adds numbers up, by controller. */
  static final class Sum {

    private final Map<String, OfController> byController = new TreeMap<>();

    void add(String controller, OfController one) {
      byController.merge(controller, one, OfController::plus);
    }

    ShardFigures total() {
      return new ShardFigures(byController);
    }
  }
}
