/**
 * Many read, the leader writes: every replica serves one routing table over HTTP from its own
 * cache; only the leader of a {@code RouteTable} writes the summary into its status.
 *
 * <p>Guaranteed: the table is served by every replica that runs, whether or not it leads anything,
 * and also while the API server is away; a status is written by one replica at a time. Not
 * guaranteed: that two replicas serve the same table at the same moment. Each is as new as its own
 * watch.
 */
@NullMarked
package dev.leasehold.samples.routes;

import org.jspecify.annotations.NullMarked;
