/** Replicas of the sample controllers as processes, for tests. */
@NullMarked
package dev.leasehold.e2e.replica;

import org.jspecify.annotations.NullMarked;
