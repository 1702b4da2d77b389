package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An update of a resource, for filters that decide whether it matters. See {@link Source#filter}.
 *
 * @param before what the cache had
 * @param after what it has now
 * @param <T> the resource type
 */
public record Change<T extends HasMetadata>(T before, T after) {

  /**
   * Accepts updates of what the API server counts generations of: everything but metadata and
   * status, usually. Types without generations, such as ConfigMaps, can't tell: all their updates
   * are accepted.
   */
  public static Predicate<Change<?>> inGeneration() {
    return change -> {
      Long after = change.after().getMetadata().getGeneration();
      return after == null || !after.equals(change.before().getMetadata().getGeneration());
    };
  }

  /** Accepts updates of labels. */
  public static Predicate<Change<?>> inLabels() {
    return change -> change.isIn(resource -> resource.getMetadata().getLabels());
  }

  /** Accepts updates of annotations. */
  public static Predicate<Change<?>> inAnnotations() {
    return change -> change.isIn(resource -> resource.getMetadata().getAnnotations());
  }

  /**
   * Accepts updates of one part, such as {@code in(Node::getSpec)}.
   *
   * @param part reads the part; pure and thread-safe, and with a sensible {@code equals}
   * @param <T> the resource type
   */
  public static <T extends HasMetadata> Predicate<Change<T>> in(Function<? super T, ?> part) {
    return change -> change.isIn(part);
  }

  private boolean isIn(Function<? super T, ?> part) {
    return !Objects.equals(part.apply(before), part.apply(after));
  }
}
