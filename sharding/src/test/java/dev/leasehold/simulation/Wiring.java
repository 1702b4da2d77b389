package dev.leasehold.simulation;

import dev.leasehold.claim.BucketWork;
import dev.leasehold.lock.LockFeed;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.LockStore;
import dev.leasehold.time.EventLoop;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What stands between a replica and its surroundings: nothing. A subclass may put something there,
 * such as a store with a fault of its own, to see what comes of it.
 */
public class Wiring {

  /** Nothing in between. */
  public Wiring() {}

  /**
   * The store of member Leases, as a process is to have it.
   *
   * @param feed the watch of the same process, as it is to have it
   */
  protected LockStore members(LockStore members, LockFeed feed, EventLoop loop) {
    return members;
  }

  /**
   * The store of bucket Leases and for fences, as a process is to have it.
   *
   * @param read what the API server has at the moment, for whoever wants to peek
   */
  protected LockStore buckets(
      LockStore buckets, Function<String, Optional<LockSnapshot>> read, EventLoop loop) {
    return buckets;
  }

  /** The watch, as a process is to have it. */
  protected LockFeed feed(LockFeed feed, EventLoop loop) {
    return feed;
  }

  /** A controller's work, as the claims are to have it. */
  protected BucketWork work(BucketWork work, EventLoop loop) {
    return work;
  }

  /** The identities of a process's lives as a member. */
  protected Supplier<String> identities(Supplier<String> identities, int replica) {
    return identities;
  }
}
