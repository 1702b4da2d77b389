/**
 * Controllers: reconcilers of Kubernetes resources whose keys are spread over replicas by bucket.
 *
 * <p>Guaranteed:
 *
 * <ul>
 *   <li>A key is reconciled by one thread at a time in this process, and only after its bucket's
 *       permit was found valid on that thread.
 *   <li>Whatever changes after a bucket was opened here is reconciled here; what changed before is
 *       covered by the replay of the bucket's cached keys.
 *   <li>A reconciler that throws, returns null or throws an Error costs nothing but a retry of its
 *       key with backoff; one that never ends costs its worker. Other keys, other controllers and
 *       the leadership are unaffected.
 *   <li>A write through {@link dev.leasehold.controller.Request#writes()} is sent at most once, and
 *       not after the permit has lapsed.
 *   <li>A resource is not gone before its cleanup has said that it is done, if it was ever
 *       reconciled by a controller that has one.
 *   <li>A resource that a selector no longer matches is cleaned up and released, too, if a replica
 *       runs that has seen it match.
 *   <li>The first key of a bucket that is opened here is enqueued at once, however many keys other
 *       buckets have that are promoted or resynced meanwhile.
 *   <li>Memory beside the caches is bounded by the number of keys, not of events or writes.
 *   <li>A type that isn't served or may not be read makes the replica unready, is tried until it
 *       works, and loses nothing but time.
 *   <li>Nothing is reconciled before the cache of the controller's own type has been filled once,
 *       so an empty {@link dev.leasehold.controller.Request#resource()} means deleted.
 * </ul>
 *
 * <p>Not guaranteed: that every deletion is seen. A resource that was deleted while its bucket
 * changed hands is not replayed, since no cache holds it; use a cleanup or owner references where
 * something outside of the resource must go with it. Nor that the cache is up to date: it is
 * eventually. Nor that a reconciler that ignores interrupts and its permit ends.
 */
@NullMarked
package dev.leasehold.controller;

import org.jspecify.annotations.NullMarked;
