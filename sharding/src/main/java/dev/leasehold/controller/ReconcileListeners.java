package dev.leasehold.controller;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several listeners as one, told in order; what one of them throws is logged and keeps nothing from
 * the next.
 *
 * <p>As thread-safe as they are.
 */
final class ReconcileListeners implements ReconcileListener {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileListeners.class);

  // An array, so that telling them needs no memory: they may be told of runs that failed for that.
  private final ReconcileListener[] listeners;

  ReconcileListeners(List<ReconcileListener> listeners) {
    this.listeners = listeners.toArray(ReconcileListener[]::new);
  }

  private static void note(Throwable thrown) {
    try {
      LOG.error("A listener has thrown; that changes nothing.", thrown);
    } catch (OutOfMemoryError unsayable) {
      // Then that can't be said, and the others are told all the same.
    }
  }

  @Override
  public void started(Run run) {
    for (ReconcileListener listener : listeners) {
      try {
        listener.started(run);
      } catch (RuntimeException | Error e) {
        note(e);
      }
    }
  }

  @Override
  public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
    for (ReconcileListener listener : listeners) {
      try {
        listener.ended(run, outcome, cause);
      } catch (RuntimeException | Error e) {
        note(e);
      }
    }
  }
}
