package dev.leasehold.lock;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.Executor;

/**
 * Locks that are ConfigMaps with client-go's annotation {@code
 * control-plane.alpha.kubernetes.io/leader}, for clusters and electors that have no Leases.
 *
 * <p>The ConfigMap may hold data of others: data, owner references, finalizers and unknown fields
 * of the annotation are kept when the version is replaced as it was seen. Every change of that data
 * is a new version, which costs the holder its term, so a ConfigMap of its own is better.
 */
public final class ConfigMapStore extends ObjectStore<ConfigMap> {

  /**
   * Creates a store; nothing is sent.
   *
   * @param client a client of its own, see {@link LeaseClient}; closed by whoever made it
   * @param namespace where the ConfigMaps are
   * @param executor runs the requests, which block its threads
   */
  public ConfigMapStore(KubernetesClient client, String namespace, Executor executor) {
    super(client, namespace, executor, new ConfigMapFormat(client.getKubernetesSerialization()));
  }
}
