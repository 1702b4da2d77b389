package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Several listeners as one, told in order; what one of them throws keeps nothing from the next. */
public final class ShardListeners implements ShardListener {

  private final List<ShardListener> listeners;

  /** Tells all of these. */
  public ShardListeners(List<ShardListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void joined(TermView term) {
    each(listener -> listener.joined(term));
  }

  @Override
  public void left(TermView term, EndCause cause) {
    each(listener -> listener.left(term, cause));
  }

  @Override
  public void renewed(Duration latency) {
    each(listener -> listener.renewed(latency));
  }

  @Override
  public void promoted(Bucket bucket, TermView term) {
    each(listener -> listener.promoted(bucket, term));
  }

  @Override
  public void demoted(Bucket bucket, TermView term, CloseCause cause) {
    each(listener -> listener.demoted(bucket, term, cause));
  }

  @Override
  public void changedHands(ChangeOfHands change) {
    each(listener -> listener.changedHands(change));
  }

  @Override
  public void refused(String reason) {
    each(listener -> listener.refused(reason));
  }

  private void each(Consumer<ShardListener> call) {
    listeners.forEach(listener -> Told.to(() -> call.accept(listener)));
  }
}
