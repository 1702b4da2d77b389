/** A network between one replica and the API server that can be made bad. */
@NullMarked
package dev.leasehold.e2e.campaign.network;

import org.jspecify.annotations.NullMarked;
