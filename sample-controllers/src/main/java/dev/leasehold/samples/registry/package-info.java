/**
 * A registry of services outside the cluster, as an example of a system that refuses late writes.
 *
 * <p>Each write carries the epoch of the writer's term. The registry keeps the highest epoch that
 * it has seen for an entry, also when the entry is removed, and refuses an older one.
 *
 * <p>Guaranteed: an entry never goes back to what an older epoch asked for, whatever the order in
 * which requests arrive; what was accepted has been handed to the disk before the answer. Not
 * guaranteed: any access control. It is a sample, and trusts whoever can reach it.
 */
@NullMarked
package dev.leasehold.samples.registry;

import org.jspecify.annotations.NullMarked;
