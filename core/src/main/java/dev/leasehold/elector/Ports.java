package dev.leasehold.elector;

import dev.leasehold.lock.LockFeed;
import dev.leasehold.lock.LockStore;

/**
 * What an elector has of the world.
 *
 * @param store where the lock is written
 * @param feed where it is seen
 * @param close ends what belongs to the two, after the feed was closed
 */
record Ports(LockStore store, LockFeed feed, Runnable close) {}
