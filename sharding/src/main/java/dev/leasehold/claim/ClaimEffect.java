package dev.leasehold.claim;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import org.jspecify.annotations.Nullable;

/** What a claim wants done, in this order. */
sealed interface ClaimEffect {

  /** Dispatch the bucket's keys under this epoch. */
  record Open(long epoch) implements ClaimEffect {}

  /** Dispatch no more of them. */
  record Close(CloseCause cause) implements ClaimEffect {}

  /** Interrupt what still runs; its permits are over. */
  record Interrupt() implements ClaimEffect {}

  /** Write the bucket's Lease: over the base, or create it if that is null. */
  record Write(@Nullable LockSnapshot base, LockRecord record) implements ClaimEffect {}

  /** Remove the bucket's Lease if it lacks its labels, so that the watch can't show it. */
  record RemoveUnseen() implements ClaimEffect {}

  /** The watch seems dead. */
  record RefreshFeed() implements ClaimEffect {}
}
