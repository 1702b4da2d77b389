package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Resources that have left a controller's view and may still bear its finalizer, for a controller
 * that has both selectors and a cleanup: what no longer matches looks deleted to the cache, and may
 * be there all the same.
 *
 * <p>Every replica remembers what it has seen leave, whoever leads, until a run here has dealt with
 * it: so a leader that dies before its run has ended is made up for by the next promotion. Up to
 * {@value #MOST} keys are remembered, an entry of a hash set each; of more, the oldest are
 * forgotten.
 *
 * <p>Thread-safe. Asking the API server blocks.
 */
final class Departures<R extends HasMetadata> {

  /** How many keys are remembered. */
  static final int MOST = 10_000;

  private final KubernetesClient client;
  private final Source<R> source;
  private final String finalizer;

  /** In the order in which they left. Guarded by this. */
  private final Set<ResourceKey> keys = new LinkedHashSet<>();

  /**
   * Nothing has left yet.
   *
   * @param client what the API server is asked by
   * @param source what the controller looks at
   * @param finalizer what it may still bear
   */
  Departures(KubernetesClient client, Source<R> source, String finalizer) {
    this.client = client;
    this.source = source;
    this.finalizer = finalizer;
  }

  /** Those of a controller, if a resource can leave its view and still need it. */
  static <R extends HasMetadata> Optional<Departures<R>> of(
      Controller<R> controller, KubernetesClient client) {
    return controller
        .finalizer()
        .filter(finalizer -> controller.source().selects())
        .map(finalizer -> new Departures<>(client, controller.source(), finalizer));
  }

  /**
   * A resource is no longer in view.
   *
   * @param resource its last state
   * @param isOld whether there may have been later ones
   */
  synchronized void left(R resource, boolean isOld) {
    if (!isOld && !resource.hasFinalizer(finalizer)) {
      return;
    }
    keys.add(ResourceKey.of(resource));
    if (keys.size() > MOST) {
      keys.remove(keys.iterator().next());
    }
  }

  /** The key is in view again, or nothing is left to be done about it. */
  synchronized void settle(ResourceKey key) {
    keys.remove(key);
  }

  /** Whether the key has been seen to leave and has not been dealt with. */
  synchronized boolean has(ResourceKey key) {
    return keys.contains(key);
  }

  synchronized List<ResourceKey> keys() {
    return List.copyOf(keys);
  }

  /** A resource that the cache doesn't have, if the API server has it, whatever the selectors. */
  Optional<R> find(ResourceKey key) {
    TypeScope<R> whatever = new TypeScope<>(source.type(), key.namespace(), "", FieldSelector.NONE);
    return whatever.find(client, key.name());
  }

  /** Whether the selectors match a resource, so that the cache will have it. */
  boolean isSelected(ResourceKey key) {
    TypeScope<R> selected =
        new TypeScope<>(source.type(), key.namespace(), source.labels(), source.fields());
    return selected.find(client, key.name()).isPresent();
  }
}
