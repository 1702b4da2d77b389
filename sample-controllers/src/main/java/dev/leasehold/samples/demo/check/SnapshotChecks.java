package dev.leasehold.samples.demo.check;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.BucketSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What must be true once all is calm. Each check returns what is wrong, a sentence each. */
public final class SnapshotChecks {

  private SnapshotChecks() {}

  /**
   * Each bucket is held by a member, there are as many members as live replicas, and their loads
   * are within one of each other.
   *
   * @param replicas how many replicas are alive
   */
  public static List<String> bucketsAreBalanced(
      Snapshot snapshot, BucketSet buckets, int replicas) {
    List<String> wrong = new ArrayList<>();
    List<String> members = snapshot.members();
    if (members.size() != replicas) {
      wrong.add("%d replicas are alive, but the members are %s.".formatted(replicas, members));
    }
    Map<Bucket, LeaseState> leases = snapshot.bucketLeases();
    for (Bucket bucket : buckets.buckets()) {
      LeaseState lease = leases.get(bucket);
      if (lease == null) {
        wrong.add("Bucket %s has no Lease.".formatted(bucket));
      } else if (!members.contains(lease.holder())) {
        wrong.add(
            "Bucket %s is held by %s, which is no member."
                .formatted(bucket, lease.holder().isEmpty() ? "nobody" : lease.holder()));
      }
    }
    Collection<Integer> loads = snapshot.load().values();
    if (!loads.isEmpty() && Collections.max(loads) - Collections.min(loads) > 1) {
      wrong.add("The buckets are not balanced within one: %s.".formatted(snapshot.load()));
    }
    return wrong;
  }

  /**
   * Each page's status is of its last version and names the holder and the epoch of its bucket's
   * Lease.
   */
  public static List<String> pagesNameTheirHolder(Snapshot snapshot, BucketSet buckets) {
    List<String> wrong = new ArrayList<>();
    Map<Bucket, LeaseState> leases = snapshot.bucketLeases();
    for (PageState page : snapshot.pages()) {
      Bucket bucket = buckets.bucketOf(page.namespace(), page.name(), null);
      LeaseState lease = leases.get(bucket);
      if (page.status().isEmpty()) {
        wrong.add("Page %s has never been reconciled.".formatted(page));
      } else if (lease == null) {
        wrong.add("Page %s is in bucket %s, which has no Lease.".formatted(page, bucket));
      } else {
        wrong.addAll(statusFits(page, page.status().get(), lease));
      }
    }
    return wrong;
  }

  private static List<String> statusFits(
      PageState page, PageState.Status status, LeaseState lease) {
    if (status.observedGeneration() != page.generation()) {
      return List.of(
          "Page %s has generation %d, but %d was reconciled."
              .formatted(page, page.generation(), status.observedGeneration()));
    }
    if (!status.reconciledBy().equals(lease.holder()) || status.epoch() != lease.version()) {
      return List.of(
          "Page %s was reconciled by %s under epoch %s, but Lease %s is held by %s under epoch %s."
              .formatted(
                  page,
                  status.reconciledBy(),
                  Long.toUnsignedString(status.epoch()),
                  lease.name(),
                  lease.holder(),
                  Long.toUnsignedString(lease.version())));
    }
    return List.of();
  }

  /** Each page's ConfigMap says what the page says. */
  public static List<String> configMapsHaveTheLastContent(Snapshot snapshot) {
    List<String> wrong = new ArrayList<>();
    for (PageState page : snapshot.pages()) {
      if (page.rendered().isEmpty()) {
        wrong.add("Page %s has no ConfigMap.".formatted(page));
      } else if (!page.rendered().get().equals(page.html())) {
        wrong.add(
            "Page %s says '%s', but its ConfigMap says '%s'."
                .formatted(page, page.html(), page.rendered().get()));
      }
    }
    return wrong;
  }
}
