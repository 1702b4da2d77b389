/**
 * The election of one leader by one lock, as a pure step function without IO, threads or clocks.
 *
 * <p>Guaranteed, where clock rates differ by less than lease duration : renew deadline: at any
 * moment at most one participant's term is valid, whatever is delayed, lost or repeated. Not
 * guaranteed: that work which ignores the end of its term stops; such work is fenced only by the
 * epoch it carries. What nobody can tell from a release is taken for one: an outsider who writes
 * client-go's release (no holder, 1 s) over a lock that an elector without our marks holds.
 *
 * <h2>Epochs</h2>
 *
 * <p>A term's epoch is the {@code resourceVersion} of the write that began it: etcd's revision, one
 * counter for all objects of the API server, so it grows strictly over every change of hands, the
 * lock's deletion and recreation included. Compare it as an unsigned number, and only with epochs
 * of locks of the same API server. The limit is etcd's: one that is restored from a backup counts
 * on from an older revision, and an election that has seen newer ones ignores all that follows.
 * After a restore raise the revision ({@code etcdutl snapshot restore --bump-revision}) and restart
 * the replicas.
 */
@NullMarked
package dev.leasehold.election;

import org.jspecify.annotations.NullMarked;
