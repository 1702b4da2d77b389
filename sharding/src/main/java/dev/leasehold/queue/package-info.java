/**
 * The work queue between events and workers: one queue for each bucket that this replica leads.
 *
 * <p>Guaranteed, for a bucket that stays open and has a valid permit:
 *
 * <ul>
 *   <li>Every accepted add is followed by a run of its key that starts after the add, and every
 *       delayed add by one that starts no later than its time allows. Adds of one key that come
 *       before the same run are one run.
 *   <li>A key runs once at a time. A key added while it runs, runs once more afterwards.
 *   <li>Buckets with work take turns; a thread that has begun with a bucket stays for up to 8 keys
 *       if it is done with them within 20 microseconds. Within a bucket live events go first, and
 *       at least every ninth run comes from the background lane while that has any.
 *   <li>Nothing is dispatched without asking the bucket's permit at that moment, by the monotonic
 *       clock. The wall clock, by which a machine that was suspended finds out, is asked as well by
 *       whoever begins a run ({@link Permit#isValid}) or writes ({@link Permit#check}).
 *   <li>Memory is bounded by the number of distinct keys: a key that is queued, delayed, running or
 *       has failed costs one entry of about 80 bytes beside the key itself (measured: 80 delayed,
 *       72 queued), however often it is added; any other key costs nothing.
 *   <li>Threads on different buckets don't wait for each other, and dropping a bucket costs the
 *       same however many keys it has.
 * </ul>
 *
 * <p>Not guaranteed: order between keys; that keys of a bucket that isn't open are kept (they are
 * dropped at the door, and whoever opens a bucket adds its keys); that a run which has started
 * ends.
 */
@NullMarked
package dev.leasehold.queue;

import org.jspecify.annotations.NullMarked;
