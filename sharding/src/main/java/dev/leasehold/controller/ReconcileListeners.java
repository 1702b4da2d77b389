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

  private static final String THROWN = "A listener has thrown; that changes nothing.";

  // An array, so that telling them needs no memory: they may be told of runs that failed for that.
  private final ReconcileListener[] listeners;

  ReconcileListeners(List<ReconcileListener> listeners) {
    this.listeners = listeners.toArray(ReconcileListener[]::new);
  }

  @Override
  public void started(Run run) {
    for (ReconcileListener listener : listeners) {
      try {
        listener.started(run);
      } catch (RuntimeException | Error e) {
        LOG.error(THROWN, e);
      }
    }
  }

  @Override
  public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
    for (ReconcileListener listener : listeners) {
      try {
        listener.ended(run, outcome, cause);
      } catch (RuntimeException | Error e) {
        LOG.error(THROWN, e);
      }
    }
  }
}
