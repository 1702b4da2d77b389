/**
 * Acting outside the cluster, then writing back: Services that ask for it are published to a
 * registry over HTTP, and the outcome is noted on the Service.
 *
 * <p>Guaranteed: each write carries the epoch of the bucket's term, so a registry that refuses an
 * older epoch is never set back by a leader that was paused or cut off, however late its request
 * arrives. A new leader publishes each Service anew, under its own epoch; from then on every
 * earlier leader's write is refused.
 *
 * <p>Not guaranteed: that a late write is refused before the new leader has come to that Service;
 * nor anything about a registry that ignores the epoch; nor that an entry which somebody else
 * changes in the registry is put right before the Service or the leader changes.
 */
@NullMarked
package dev.leasehold.samples.publisher;

import org.jspecify.annotations.NullMarked;
