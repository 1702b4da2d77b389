/**
 * What a campaign does to replicas, to their networks, to Leases and to the control plane.
 *
 * <p>A fault is a value without state; injecting it gives the cure for that one injection.
 */
@NullMarked
package dev.leasehold.e2e.campaign.fault;

import org.jspecify.annotations.NullMarked;
