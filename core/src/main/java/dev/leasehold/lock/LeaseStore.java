package dev.leasehold.lock;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.Executor;

/**
 * Locks that are Leases ({@code coordination.k8s.io/v1}).
 *
 * <p>Owner references, finalizers and fields of the spec that are not a lock's are kept when the
 * version is replaced as it was seen.
 */
public final class LeaseStore extends ObjectStore<Lease> {

  /**
   * Creates a store; nothing is sent.
   *
   * @param client a client of its own, see {@link LeaseClient}; closed by whoever made it
   * @param namespace where the Leases are
   * @param executor runs the requests, which block its threads
   */
  public LeaseStore(KubernetesClient client, String namespace, Executor executor) {
    super(client, namespace, executor, new LeaseFormat());
  }
}
