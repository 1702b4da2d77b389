package dev.leasehold.elector;

import dev.leasehold.election.Term;
import dev.leasehold.election.TermView;
import dev.leasehold.time.Clocks;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A term as its renewals carry it on. Extended by the election loop, read from any thread.
 *
 * <p>Whoever finds it over ends it, so that nobody is told yes after somebody was told no: a queue
 * may have dropped its keys by then. A renewal that comes back in that very moment comes too late.
 *
 * <p>Thread-safe.
 */
final class LiveTerm implements TermView {

  private final Clocks clocks;
  private final String identity;
  private final long epoch;

  /** Null once it is over. */
  private final AtomicReference<@Nullable Term> term;

  LiveTerm(Clocks clocks, Term term) {
    this.clocks = clocks;
    this.identity = term.identity();
    this.epoch = term.epoch();
    this.term = new AtomicReference<>(term);
  }

  /** Carries the term on; false if somebody has found it over before. */
  boolean extend(Term later) {
    Term current = term.get();
    return current != null && (term.compareAndSet(current, later) || extend(later));
  }

  void end() {
    term.set(null);
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public boolean isValid() {
    Term current = term.get();
    return (current != null && current.covers(clocks.now())) || !remaining().isZero();
  }

  @Override
  public boolean standsAt(long nanos) {
    Term current = term.get();
    // Otherwise it is ended, if it is over, before anybody hears so.
    return (current != null && current.standsAt(nanos)) || isValid();
  }

  @Override
  public Duration remaining() {
    Term current = term.get();
    while (current != null) {
      Duration remaining = current.remaining(clocks.now());
      if (!remaining.isZero() || term.compareAndSet(current, null)) {
        return remaining;
      }
      current = term.get();
    }
    return Duration.ZERO;
  }

  @Override
  public String toString() {
    return identity + "@" + Long.toUnsignedString(epoch);
  }
}
