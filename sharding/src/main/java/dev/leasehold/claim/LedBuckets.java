package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.member.Membership;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The work of the buckets that are open here, or closed and still at work, with their terms.
 *
 * <p>Confined to the election loop.
 */
final class LedBuckets {

  private static final Logger log = LoggerFactory.getLogger(LedBuckets.class);

  private final LeaseNames names;
  private final ShardListener listener;
  private final Map<Bucket, BucketWork> works = new HashMap<>();
  private final Map<Bucket, BucketTerm> terms = new HashMap<>();

  private final SortedMap<Bucket, ShardStatus.Led> open = new TreeMap<>();

  /** A copy of what is open to be given away; null since a bucket was opened or closed. */
  private @Nullable List<ShardStatus.Led> copy;

  LedBuckets(LeaseNames names, ShardListener listener) {
    this.names = names;
    this.listener = listener;
  }

  void add(Collection<Bucket> buckets, BucketWork work) {
    buckets.forEach(bucket -> works.put(bucket, work));
  }

  /** Opens the bucket under the member's term and an epoch of its own. */
  void open(Bucket bucket, Membership.Self self, long epoch) {
    BucketTerm term = new BucketTerm(self.term(), epoch);
    terms.put(bucket, term);
    open.put(bucket, new ShardStatus.Led(bucket, names.bucket(bucket), epoch));
    copy = null;
    log.debug("Leading {} with epoch {}", bucket, Long.toUnsignedString(epoch));
    Told.to(() -> listener.promoted(bucket, term));
    workOf(bucket).open(bucket, term);
  }

  /**
   * Closes the bucket; its permits are over at once unless its work may end in peace.
   *
   * @param stopped told, on any thread, when none of its work runs any more
   */
  void close(Bucket bucket, CloseCause cause, Consumer<Bucket> stopped) {
    open.remove(bucket);
    copy = null;
    BucketTerm term = terms.get(bucket);
    if (term != null && !cause.isPlanned()) {
      term.end();
    }
    log.atLevel(cause.isPlanned() ? Level.DEBUG : Level.INFO)
        .log("No longer leading {}: {}", bucket, cause.text());
    workOf(bucket).close(bucket, stopped::accept);
    if (term != null) {
      Told.to(() -> listener.demoted(bucket, term, cause));
    }
  }

  /** Ends the permits of a closed bucket, and interrupts what still runs. */
  void interrupt(Bucket bucket) {
    BucketTerm term = terms.get(bucket);
    if (term != null) {
      term.end();
    }
    workOf(bucket).interrupt(bucket);
  }

  /** Takes in that none of a closed bucket's work runs any more. */
  void stopped(Bucket bucket) {
    BucketTerm term = terms.remove(bucket);
    if (term != null) {
      term.end();
    }
  }

  /** How many are open. */
  int count() {
    return open.size();
  }

  /** Those that are open, with their terms, in order. */
  List<ShardStatus.Led> all() {
    List<ShardStatus.Led> all = copy;
    if (all == null) {
      all = List.copyOf(open.values());
      copy = all;
    }
    return all;
  }

  private BucketWork workOf(Bucket bucket) {
    BucketWork work = works.get(bucket);
    if (work == null) {
      throw new IllegalArgumentException("Nothing here runs " + bucket);
    }
    return work;
  }
}
