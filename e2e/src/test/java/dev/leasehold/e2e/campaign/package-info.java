/**
 * Real replicas, a real API server, real faults, and a checker over what happened. {@link
 * dev.leasehold.e2e.campaign.Campaign} is the long one, run by name; {@code CampaignIT} is a short
 * one with the ordinary tests.
 */
@NullMarked
package dev.leasehold.e2e.campaign;

import org.jspecify.annotations.NullMarked;
