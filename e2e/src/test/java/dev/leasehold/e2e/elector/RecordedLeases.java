package dev.leasehold.e2e.elector;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every version of one Lease as the API server's watch shows it, with the time of its sighting. */
final class RecordedLeases implements Watcher<Lease>, AutoCloseable {

  private record Sighting(long millis, Lease lease) {}

  private final long began = System.nanoTime();
  private final List<Sighting> sightings = new CopyOnWriteArrayList<>();
  private final Watch watch;

  RecordedLeases(KubernetesClient client, String namespace, String name) {
    this.watch = client.leases().inNamespace(namespace).withName(name).watch(this);
  }

  @Override
  public void eventReceived(Action action, Lease lease) {
    sightings.add(new Sighting((System.nanoTime() - began) / 1_000_000, lease));
  }

  @Override
  public void onClose(WatcherException cause) {
    throw new IllegalStateException("The recording has a gap.", cause);
  }

  /** The holders so far, each once in a row. */
  List<String> holders() {
    List<String> holders = new ArrayList<>();
    for (Sighting sighting : sightings) {
      String holder = holderOf(sighting.lease());
      if (holders.isEmpty() || !holders.get(holders.size() - 1).equals(holder)) {
        holders.add(holder);
      }
    }
    return holders;
  }

  /** How many versions there are in which that holder is named. */
  long versionsOf(String holder) {
    return sightings.stream().filter(seen -> holderOf(seen.lease()).equals(holder)).count();
  }

  /** One JSON object a line: when it was seen, and the Lease as the API server gave it. */
  String asLines() {
    StringBuilder lines = new StringBuilder();
    for (Sighting sighting : sightings) {
      Map<String, Object> line =
          new TreeMap<>(Map.of("millis", sighting.millis(), "object", sighting.lease()));
      lines.append(Serialization.asJson(line)).append('\n');
    }
    return lines.toString();
  }

  private static String holderOf(Lease lease) {
    String holder = lease.getSpec().getHolderIdentity();
    return holder == null ? "" : holder;
  }

  @Override
  public void close() {
    watch.close();
  }
}
