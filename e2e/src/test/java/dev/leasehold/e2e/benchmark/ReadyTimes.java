package dev.leasehold.e2e.benchmark;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.e2e.scenario.Shop;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/**
 * When the Lease of each replica was first seen to say that it is ready: by a watch, since polling
 * would load what is measured.
 */
final class ReadyTimes implements AutoCloseable {

  private final Map<String, Long> nanosByIdentity = new ConcurrentHashMap<>();
  private final Watch watch;

  ReadyTimes(Shop shop) {
    this.watch =
        shop.client()
            .leases()
            .inNamespace(shop.namespace())
            .withLabel(LeaseMetadata.ROLE, LeaseMetadata.ROLE_MEMBER)
            .watch(
                new Watcher<>() {
                  @Override
                  public void eventReceived(Action action, Lease lease) {
                    seen(lease, System.nanoTime());
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    throw new IllegalStateException("The watch has ended.", cause);
                  }
                });
  }

  private void seen(Lease lease, long nanos) {
    Map<String, String> annotations = lease.getMetadata().getAnnotations();
    String identity = lease.getSpec().getHolderIdentity();
    if (identity != null && "ready".equals(annotations.get(LeaseMetadata.STATE))) {
      nanosByIdentity.putIfAbsent(identity, nanos);
    }
  }

  /** Waits until the replica is ready; returns since when. */
  long await(Replica replica) {
    String prefix = replica.name() + "_";
    Awaitility.await()
        .atMost(Shop.PATIENCE)
        .until(() -> nanosByIdentity.keySet().stream().anyMatch(id -> id.startsWith(prefix)));
    return nanosByIdentity.entrySet().stream()
        .filter(each -> each.getKey().startsWith(prefix))
        .mapToLong(Map.Entry::getValue)
        .min()
        .orElseThrow();
  }

  @Override
  public void close() {
    watch.close();
  }
}
