/**
 * Who leads which bucket: claims on bucket Leases, the plan that spreads them, and hand-overs.
 *
 * <p>Guaranteed: a bucket is open on at most one replica at any moment, under the bound on clock
 * rates that {@link dev.leasehold.election} states; work is closed before its bucket is given away.
 * Replicas that see the same make the same plan: even for each controller and over all, with the
 * fewest moves, and at rest once carried out. A plan is no more than a wish; the Leases decide. Not
 * guaranteed: that work of a replica that crashed or was paused has stopped outside this process;
 * that is what the epoch is for.
 */
@NullMarked
package dev.leasehold.claim;

import org.jspecify.annotations.NullMarked;
