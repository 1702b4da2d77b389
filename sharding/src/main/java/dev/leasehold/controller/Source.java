package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which resources a controller looks at, and which of their updates matter to it.
 *
 * <p>Sources of one type with the same selectors share one cache and one watch, however many
 * controllers use them. Immutable; as thread-safe as its filters.
 *
 * @param <T> the resource type
 */
public final class Source<T extends HasMetadata> {

  /** All namespaces, as the API server's paths have it. */
  private static final Set<String> EVERYWHERE = Set.of("");

  private final ResourceType<T> type;
  private final String labels;
  private final FieldSelector fields;

  /** Where; empty for wherever the controller looks, and {@link #EVERYWHERE} for all. */
  private final Set<String> namespaces;

  private final List<Predicate<? super Change<T>>> filters;

  private Source(
      ResourceType<T> type,
      String labels,
      FieldSelector fields,
      Set<String> namespaces,
      List<Predicate<? super Change<T>>> filters) {
    this.type = type;
    this.labels = labels;
    this.fields = fields;
    this.namespaces = namespaces;
    this.filters = filters;
  }

  /** All resources of a type. */
  public static <T extends HasMetadata> Source<T> of(Class<T> type) {
    return new Source<>(ResourceType.of(type), "", FieldSelector.NONE, Set.of(), List.of());
  }

  /**
   * All resources of a type that has no Java class.
   *
   * @param type its group, version, kind and plural, and whether it is namespaced
   * @throws IllegalArgumentException if version, kind or plural is missing
   */
  public static Source<GenericKubernetesResource> of(ResourceDefinitionContext type) {
    return new Source<>(ResourceType.of(type), "", FieldSelector.NONE, Set.of(), List.of());
  }

  /**
   * Only those whose labels match. A resource that no longer does is a deleted one: it is
   * reconciled once more, without the resource, after the {@link ControllerBuilder#cleanup cleanup}
   * if there is one.
   *
   * @param selector as for {@code kubectl get -l}, such as {@code tier=web,!canary}
   * @throws IllegalArgumentException if it is blank
   */
  public Source<T> labels(String selector) {
    if (selector.isBlank()) {
      throw new IllegalArgumentException(
          "The label selector for %s is blank; leave it out to look at all of them."
              .formatted(type));
    }
    return new Source<>(type, selector, fields, namespaces, filters);
  }

  /**
   * Only those whose fields match, as far as the API server can select by them. One that no longer
   * does is a deleted one, as with {@link #labels}.
   *
   * @param selector as for {@code kubectl get --field-selector}, such as {@code
   *     spec.nodeName=node-1,status.phase!=Succeeded}
   * @throws IllegalArgumentException if it is not of that form
   */
  public Source<T> fields(String selector) {
    return new Source<>(type, labels, FieldSelector.parse(selector), namespaces, filters);
  }

  /**
   * Only those in the named namespaces, wherever the controller looks for its own resources: a
   * config map of defaults elsewhere, say. Without this, a source is looked at where its controller
   * looks. For a controller's own source this is the same as {@link ControllerBuilder#namespaces}.
   *
   * <p>This account has to be allowed to list and watch the type in each of them.
   *
   * @param first a namespace
   * @param more more namespaces
   * @throws IllegalArgumentException if the type is cluster-scoped, or a name is blank
   */
  public Source<T> namespaces(String first, String... more) {
    requireNamespaced();
    Set<String> names =
        namesOf(
            "A namespace of %s is blank; leave namespaces(...) out to look where the controller does."
                .formatted(type),
            first,
            more);
    return new Source<>(type, labels, fields, names, filters);
  }

  /** Names of namespaces, refused with that sentence if one is blank: it would mean all. */
  static Set<String> namesOf(String ifBlank, String first, String... more) {
    Set<String> names = new LinkedHashSet<>(List.of(more));
    names.add(first);
    if (names.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(ifBlank);
    }
    return Set.copyOf(names);
  }

  /**
   * Those in all namespaces, though the controller looks for its own resources in some only.
   *
   * <p>This account has to be allowed to list and watch the type in the whole cluster.
   *
   * @throws IllegalArgumentException if the type is cluster-scoped
   */
  public Source<T> allNamespaces() {
    requireNamespaced();
    return new Source<>(type, labels, fields, EVERYWHERE, filters);
  }

  /**
   * Only updates that one of the given filters accepts are news, or that mark the resource for
   * deletion. Creations and deletions are always news, also where a gap in the watch has made an
   * update of them; promotions, resyncs and retries don't ask.
   *
   * @param anyOf such as {@link Change#inGeneration()}; pure, quick and thread-safe. If one throws,
   *     that is logged and the update is news.
   */
  @SafeVarargs
  public final Source<T> filter(Predicate<? super Change<T>>... anyOf) {
    List<Predicate<? super Change<T>>> accepting = new ArrayList<>();
    for (Predicate<? super Change<T>> filter : anyOf) {
      accepting.add(filter);
    }
    return new Source<>(type, labels, fields, namespaces, List.copyOf(accepting));
  }

  ResourceType<T> type() {
    return type;
  }

  String labels() {
    return labels;
  }

  FieldSelector fields() {
    return fields;
  }

  /** The namespaces of its own; empty if it has none, or if they are all. */
  Set<String> namespaces() {
    return namespaces.equals(EVERYWHERE) ? Set.of() : namespaces;
  }

  /** Where it is looked at for a controller that looks in the given namespaces, or in all. */
  Set<String> namespacesIn(Set<String> controllers) {
    return namespaces.isEmpty() ? controllers : namespaces();
  }

  private void requireNamespaced() {
    if (!type.namespaced()) {
      throw new IllegalArgumentException(
          "%s can't be limited to namespaces, because they are cluster-scoped.".formatted(type));
    }
  }

  /** Whether a resource can leave the view without being deleted. */
  boolean selects() {
    return !labels.isEmpty() || !fields.equals(FieldSelector.NONE);
  }

  /** Whether an update is news. */
  boolean accepts(T before, T after) {
    if (filters.isEmpty()
        || isAnother(before, after)
        || before.isMarkedForDeletion() != after.isMarkedForDeletion()) {
      return true;
    }
    Change<T> change = new Change<>(before, after);
    return filters.stream().anyMatch(filter -> filter.test(change));
  }

  /** A list after a gap in the watch shows a deletion and a creation by one name as an update. */
  private static boolean isAnother(HasMetadata before, HasMetadata after) {
    return !Objects.equals(before.getMetadata().getUid(), after.getMetadata().getUid());
  }
}
