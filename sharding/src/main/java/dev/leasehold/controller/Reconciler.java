package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Makes the world match what one resource asks for.
 *
 * <p>Called by several threads at once, but by one at a time for one key. A call says "look again",
 * not what has happened: several changes may be one call, and a call may come with no change at
 * all.
 *
 * @param <R> the resource type
 */
@FunctionalInterface
public interface Reconciler<R extends HasMetadata> {

  /**
   * Looks at one resource and does what is missing.
   *
   * <p>When the term is lost the thread is interrupted and the permit lapses; whatever is thrown
   * then is not an error and not retried here, since another replica runs the key again.
   *
   * @param request which resource, and under which permit
   * @return when to look again; never null
   * @throws Exception if it can't be done now; it is logged, and the key retried after a backoff,
   *     as often as the controller's {@link ControllerBuilder#retries} allow. The same holds for
   *     Errors
   */
  Result reconcile(Request<R> request) throws Exception;
}
