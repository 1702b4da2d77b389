package dev.leasehold.samples.registry;

import java.util.Optional;

/**
 * What the registry knows under a name.
 *
 * @param epoch the highest epoch that has written it, an unsigned 64-bit number
 * @param text what was written last; empty if that was a removal
 */
public record Entry(long epoch, Optional<String> text) {

  /** Whether a write with an epoch comes too late. */
  boolean isNewerThan(long other) {
    return Long.compareUnsigned(epoch, other) > 0;
  }
}
