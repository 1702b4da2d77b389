package dev.leasehold.claim;

import dev.leasehold.election.TermView;
import java.time.Duration;

/**
 * The term of one bucket: the member's term, for as long as the claim stands, under the bucket's
 * own epoch.
 *
 * <p>Thread-safe.
 */
final class BucketTerm implements TermView {

  private final TermView member;
  private final long epoch;
  private volatile boolean ended;

  BucketTerm(TermView member, long epoch) {
    this.member = member;
    this.epoch = epoch;
  }

  void end() {
    ended = true;
  }

  @Override
  public String identity() {
    return member.identity();
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public boolean isValid() {
    return !ended && member.isValid();
  }

  @Override
  public boolean standsAt(long nanos) {
    return !ended && member.standsAt(nanos);
  }

  @Override
  public Duration remaining() {
    return ended ? Duration.ZERO : member.remaining();
  }
}
