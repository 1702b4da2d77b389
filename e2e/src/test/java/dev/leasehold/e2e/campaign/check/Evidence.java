package dev.leasehold.e2e.campaign.check;

import dev.leasehold.bucket.BucketSet;
import dev.leasehold.samples.demo.check.History;
import java.util.List;
import java.util.Map;

/**
 * All that the rules look at.
 *
 * @param buckets the controller's buckets
 * @param history what the replicas did, by their traces
 * @param freezes when which of them stood still
 * @param stalls when the machine was too busy for anything
 * @param workers how many keys a replica runs at once
 * @param changes the objects' histories
 * @param observed which generation of each object was reconciled last, by key
 * @param sights what a watch showed of the objects' status
 * @param leases what a watch showed of the buckets' Leases
 * @param episodes the faults, in their order
 */
public record Evidence(
    BucketSet buckets,
    History history,
    List<Freeze> freezes,
    Intervals stalls,
    int workers,
    List<Change> changes,
    Map<String, Long> observed,
    List<PageSight> sights,
    LeaseLog leases,
    List<Episode> episodes) {

  /** Copies the collections. */
  public Evidence {
    freezes = List.copyOf(freezes);
    changes = List.copyOf(changes);
    observed = Map.copyOf(observed);
    sights = List.copyOf(sights);
    episodes = List.copyOf(episodes);
  }
}
