package dev.leasehold.simulation;

import dev.leasehold.claim.BucketWork;
import dev.leasehold.lock.LockFeed;
import dev.leasehold.lock.LockStore;
import dev.leasehold.time.EventLoop;
import java.util.function.Supplier;

/**
 * What stands between a replica and its surroundings: nothing. A subclass may put something there,
 * such as a store with a fault of its own, to see what comes of it.
 */
public class Wiring {

  /** Nothing in between. */
  public Wiring() {}

  /** The store of member Leases, as a process is to have it. */
  protected LockStore members(LockStore members, EventLoop loop) {
    return members;
  }

  /** The store of bucket Leases, as a process is to have it. */
  protected LockStore buckets(LockStore buckets, EventLoop loop) {
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
