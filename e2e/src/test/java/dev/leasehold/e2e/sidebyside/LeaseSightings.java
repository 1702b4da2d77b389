package dev.leasehold.e2e.sidebyside;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every change of a namespace's Leases, and when a watch showed it. Thread-safe. */
final class LeaseSightings implements Watcher<Lease>, AutoCloseable {

  /**
   * One.
   *
   * @param lease the Lease's name
   * @param holder who holds it; empty for nobody
   * @param nanos when, on the monotonic clock
   */
  record Sighting(String lease, String holder, long nanos) {}

  private final List<Sighting> sightings = new CopyOnWriteArrayList<>();
  private final Watch watch;
  private volatile @Nullable WatcherException failure;

  LeaseSightings(KubernetesClient client, String namespace) {
    this.watch = client.leases().inNamespace(namespace).watch(this);
  }

  @Override
  public void eventReceived(Action action, Lease lease) {
    long nanos = System.nanoTime();
    String holder = lease.getSpec().getHolderIdentity();
    sightings.add(new Sighting(lease.getMetadata().getName(), holder == null ? "" : holder, nanos));
  }

  /** Kept for whoever reads: in the watch's thread it would be lost. */
  @Override
  public void onClose(WatcherException cause) {
    failure = cause;
  }

  private Stream<Sighting> sightings() {
    WatcherException ended = failure;
    if (ended != null) {
      throw new IllegalStateException("The watch has ended, so what it showed is not all.", ended);
    }
    return sightings.stream();
  }

  /** The holder of each Lease by the last change before a time. */
  Map<String, String> holders(long beforeNanos) {
    return sightings()
        .filter(each -> each.nanos() < beforeNanos)
        .collect(Collectors.toMap(Sighting::lease, Sighting::holder, (old, young) -> young));
  }

  /** When a Lease was last seen to be written with that holder. */
  Optional<Long> last(String lease, String holder) {
    return last(each -> each.lease().equals(lease) && each.holder().equals(holder));
  }

  /** When the last of some changes was seen. */
  Optional<Long> last(Predicate<Sighting> which) {
    return sightings().filter(which).map(Sighting::nanos).max(Long::compare);
  }

  @Override
  public void close() {
    watch.close();
  }
}
