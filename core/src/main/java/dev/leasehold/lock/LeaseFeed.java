package dev.leasehold.lock;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/**
 * The feed of Leases: a list, then a watch from the list's version.
 *
 * <p>After a lost connection the watch goes on from the last version seen, without a list, so that
 * nothing is hidden; only an expired version (410) or {@link #refresh()} leads to a new list. Lists
 * are consistent reads, never from the API server's cache.
 *
 * <p>Everything happens on one thread of its own; {@code refresh} and {@code close} may be called
 * from any.
 */
public final class LeaseFeed extends ObjectFeed<Lease> {

  /**
   * Creates a feed; nothing is sent before it is started.
   *
   * @param client a client of its own, see {@link LeaseClient}; closed by whoever made it
   * @param namespace where the Leases are
   * @param selection which of them, by label or field selector
   * @param maxDelay the longest pause between two attempts to connect
   */
  public LeaseFeed(
      KubernetesClient client, String namespace, ListOptions selection, Duration maxDelay) {
    super(client, namespace, selection, maxDelay, new LeaseFormat());
  }
}
