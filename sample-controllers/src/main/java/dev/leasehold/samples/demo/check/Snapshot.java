package dev.leasehold.samples.demo.check;

import dev.leasehold.bucket.Bucket;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the API server had at one moment, as far as a watcher of it knows.
 *
 * @param leases all Leases of the component, sorted by name
 * @param pages all pages, sorted by name
 */
public record Snapshot(List<LeaseState> leases, List<PageState> pages) {

  /** Sorts and copies the lists. */
  public Snapshot {
    leases = leases.stream().sorted(Comparator.comparing(LeaseState::name)).toList();
    pages = pages.stream().sorted(Comparator.comparing(PageState::toString)).toList();
  }

  /** The Lease of each bucket that has one. */
  public Map<Bucket, LeaseState> bucketLeases() {
    Map<Bucket, LeaseState> byBucket = new TreeMap<>();
    leases.forEach(lease -> lease.bucket().ifPresent(bucket -> byBucket.put(bucket, lease)));
    return byBucket;
  }

  /** The members that hold their Lease. */
  public List<String> members() {
    return leases.stream()
        .filter(lease -> !lease.isOfBucket() && !lease.holder().isEmpty())
        .map(LeaseState::holder)
        .toList();
  }

  /** How many buckets each member holds; those that hold none have a zero. */
  public Map<String, Integer> load() {
    Map<String, Integer> load = new TreeMap<>();
    members().forEach(member -> load.put(member, 0));
    bucketLeases().values().stream()
        .filter(lease -> !lease.holder().isEmpty())
        .forEach(lease -> load.merge(lease.holder(), 1, Integer::sum));
    return load;
  }
}
