/** What a campaign is about: replicas, the network of each, and a load of changes. */
@NullMarked
package dev.leasehold.e2e.campaign.site;

import org.jspecify.annotations.NullMarked;
