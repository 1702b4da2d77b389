/** What eats a replica's memory, from within. */
@NullMarked
package dev.leasehold.e2e.campaign.hog;

import org.jspecify.annotations.NullMarked;
