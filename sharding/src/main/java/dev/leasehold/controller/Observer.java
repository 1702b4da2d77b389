package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * Looks at a controller's resources on every replica, whoever leads them: to keep a view in memory
 * for requests that any replica answers, say.
 *
 * <p>Like a reconciler, it is told to look again and not what has happened. It is called for every
 * resource once the caches are filled, and then for each change that is news to the controller, of
 * the resource itself or of what the controller owns or watches; not for resyncs. One thread of its
 * own does it, so it need not be thread-safe; what it takes long for, it takes from later keys
 * alone. It holds no permit: it must not write what a reconciler writes.
 *
 * @param <R> the resource type
 */
@FunctionalInterface
public interface Observer<R extends HasMetadata> {

  /**
   * Looks at one resource.
   *
   * @param key which resource
   * @param resource the resource as the cache has it, not to be changed; empty if it is gone, or if
   *     an owner reference or a mapper named one that isn't there
   * @throws Exception if it can't be done now; it is logged and counted, and the key observed again
   *     after the controller's {@link ControllerBuilder#backoff}, without end. The same holds for
   *     Errors
   */
  void observe(ResourceKey key, Optional<R> resource) throws Exception;
}
