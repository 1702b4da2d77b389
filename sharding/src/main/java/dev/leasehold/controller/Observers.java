package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Several observers as one, called in order; what one of them throws keeps nothing from the next,
 * and all of them are called again then.
 */
final class Observers<R extends HasMetadata> implements Observer<R> {

  private final List<Observer<R>> observers;

  Observers(List<Observer<R>> observers) {
    this.observers = List.copyOf(observers);
  }

  @Override
  public void observe(ResourceKey key, Optional<R> resource) throws Exception {
    Throwable first = null;
    for (Observer<R> observer : observers) {
      try {
        observer.observe(key, resource);
      } catch (Throwable cause) {
        first = firstOf(first, cause);
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first != null) {
      throw (Exception) first;
    }
  }

  private static Throwable firstOf(@Nullable Throwable first, Throwable next) {
    if (first == null) {
      return next;
    }
    // Two observers may throw one and the same, which can't be suppressed by itself.
    if (first != next) {
      first.addSuppressed(next);
    }
    return first;
  }
}
