package dev.leasehold.controller;

import java.util.List;
import java.util.function.Consumer;
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

  private final List<ReconcileListener> listeners;

  ReconcileListeners(List<ReconcileListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void started(Run run) {
    each(listener -> listener.started(run));
  }

  @Override
  public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
    each(listener -> listener.ended(run, outcome, cause));
  }

  private void each(Consumer<ReconcileListener> call) {
    for (ReconcileListener listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException | Error e) {
        LOG.error("A listener has thrown; that changes nothing.", e);
      }
    }
  }
}
