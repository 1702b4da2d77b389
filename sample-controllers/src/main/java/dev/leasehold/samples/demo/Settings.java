package dev.leasehold.samples.demo;

import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a demo is to be like.
 *
 * @param replicas how many replicas there are at first
 * @param pages how many pages
 * @param buckets the controller's buckets
 */
record Settings(int replicas, int pages, BucketSet buckets) {

  /** Short, so that one need not wait long for a killed replica's Lease to expire. */
  static final Duration LEASE_DURATION = Duration.ofSeconds(3);

  /** A planned move waits for no expiry, so this is far from a lease duration. */
  static final Duration PLANNED_LIMIT = Duration.ofSeconds(1);

  /** After a kill the Lease has to expire; the rest is for a busy machine. */
  static final Duration KILLED_LIMIT = LEASE_DURATION.plusSeconds(2);

  private static final String CONTROLLER = "webpage";
  private static final int FEWEST_REPLICAS = 3;
  private static final int MOST_REPLICAS = 20;
  private static final int MOST_PAGES = 10_000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException with a sentence if one makes no sense
   */
  static Settings of(int replicas, int pages, int buckets) {
    if (replicas < FEWEST_REPLICAS || replicas > MOST_REPLICAS) {
      throw new IllegalArgumentException(
          "The demo can't have %d replicas; choose %d to %d: one is killed, one leaves, one stays."
              .formatted(replicas, FEWEST_REPLICAS, MOST_REPLICAS));
    }
    if (pages < 1 || pages > MOST_PAGES) {
      throw new IllegalArgumentException(
          "The demo can't have %d objects; choose 1 to %d.".formatted(pages, MOST_PAGES));
    }
    return new Settings(replicas, pages, BucketSet.of(CONTROLLER, buckets, KeyHash.NAME));
  }

  /** The options of a replica's command, besides its name and its trace. */
  List<String> replicaOptions(DemoCluster cluster) {
    List<String> options = new ArrayList<>(cluster.replicaOptions());
    options.addAll(List.of("--component", Story.COMPONENT, "--namespace", cluster.namespace()));
    options.addAll(List.of("--controllers", CONTROLLER));
    options.addAll(List.of("--buckets", CONTROLLER + "=" + buckets.count()));
    options.addAll(List.of("--http-address", "127.0.0.1", "--http-port", "0"));
    options.addAll(List.of("--lease-duration", LEASE_DURATION.toSeconds() + "s"));
    options.addAll(List.of("--renew-deadline", "2s", "--retry-period", "500ms"));
    return options;
  }
}
