package dev.leasehold.lock;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Locks that are Leases ({@code coordination.k8s.io/v1}).
 *
 * <p>Owner references, finalizers and fields of the spec that are not a lock's are kept when the
 * version is replaced as it was seen.
 */
public final class LeaseStore implements LockStore {

  private final LockStore objects;

  /**
   * Creates a store; nothing is sent.
   *
   * @param client a client of its own, see {@link LeaseClient}; closed by whoever made it
   * @param namespace where the Leases are
   * @param executor runs the requests, which block its threads
   */
  public LeaseStore(KubernetesClient client, String namespace, Executor executor) {
    this.objects = new ObjectStore<>(client, namespace, executor, new LeaseFormat());
  }

  @Override
  public CompletionStage<Outcome> create(String name, LockRecord record) {
    return objects.create(name, record);
  }

  @Override
  public CompletionStage<Outcome> replace(LockSnapshot base, LockRecord record) {
    return objects.replace(base, record);
  }

  @Override
  public CompletionStage<Outcome> replace(String name, Version expected, LockRecord record) {
    return objects.replace(name, expected, record);
  }

  @Override
  public CompletionStage<Outcome> delete(String name, Version expected) {
    return objects.delete(name, expected);
  }

  @Override
  public CompletionStage<Outcome> removeUnseen(String name, Map<String, String> labels) {
    return objects.removeUnseen(name, labels);
  }
}
