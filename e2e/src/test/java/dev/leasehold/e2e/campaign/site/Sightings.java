package dev.leasehold.e2e.campaign.site;

import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.e2e.campaign.check.LeaseLog;
import dev.leasehold.e2e.campaign.check.PageSight;
import dev.leasehold.samples.demo.check.BucketId;
import dev.leasehold.samples.webpage.WebPage;
import dev.leasehold.samples.webpage.WebPageStatus;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an onlooker sees of pages and of buckets' Leases, past all faults of networks. */
final class Sightings implements AutoCloseable {

  /** Doubled a few times at most. */
  private static final int RECONNECT_MILLIS = 20;

  private static final int TIMEOUT_MILLIS = 5000;

  private final KubernetesClient client;
  private final String namespace;
  private final LeaseNames names;
  private final Follower<WebPage, KubernetesResourceList<WebPage>> pages;
  private final Follower<Lease, LeaseList> leases;

  @GuardedBy("this") private final List<PageSight> sights = new ArrayList<>();

  @GuardedBy("this") private final List<LeaseLog.Version> versions = new ArrayList<>();

  Sightings(Path kubeconfig, String namespace, String component) {
    this.client = client(kubeconfig);
    this.namespace = namespace;
    this.names = LeaseNames.of(component);
    this.pages = new Follower<>(client.resources(WebPage.class).inNamespace(namespace), this::see);
    this.leases = new Follower<>(client.leases().inNamespace(namespace), this::see);
  }

  /** One that is soon back where it was, however long there was no API server. */
  private static KubernetesClient client(Path kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setWatchReconnectInterval(RECONNECT_MILLIS);
    config.setRequestRetryBackoffLimit(0);
    config.setRequestTimeout(TIMEOUT_MILLIS);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private synchronized void see(WebPage page) {
    WebPageStatus status = page.getStatus();
    sights.add(
        new PageSight(
            page.getMetadata().getNamespace() + "/" + page.getMetadata().getName(),
            System.nanoTime(),
            status == null ? 0 : orZero(status.observedGeneration()),
            status == null || status.epoch() == null ? 0 : Long.parseUnsignedLong(status.epoch())));
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  private synchronized void see(Lease lease) {
    String holder = lease.getSpec() == null ? null : lease.getSpec().getHolderIdentity();
    names
        .bucketNamed(lease.getMetadata().getName())
        .ifPresent(
            bucket ->
                versions.add(
                    new LeaseLog.Version(
                        Long.parseUnsignedLong(lease.getMetadata().getResourceVersion()),
                        new BucketId(bucket.controller(), bucket.index()),
                        holder == null ? "" : holder)));
  }

  /** Waits until all that there is has been seen. */
  void catchUp() {
    await()
        .atMost(Site.PATIENCE)
        .ignoreExceptions()
        .until(() -> leases.last() >= newestLease() && pages.last() >= newestPage());
  }

  private long newestLease() {
    return client.leases().inNamespace(namespace).list().getItems().stream()
        .mapToLong(lease -> Long.parseLong(lease.getMetadata().getResourceVersion()))
        .max()
        .orElse(0);
  }

  private long newestPage() {
    return client.resources(WebPage.class).inNamespace(namespace).list().getItems().stream()
        .mapToLong(page -> Long.parseLong(page.getMetadata().getResourceVersion()))
        .max()
        .orElse(0);
  }

  synchronized List<PageSight> ofPages() {
    return List.copyOf(sights);
  }

  LeaseLog ofLeases() {
    // Not under the lock: the follower tells of each version under its own.
    List<LeaseLog.Gap> gaps = leases.gaps();
    synchronized (this) {
      return new LeaseLog(versions, gaps);
    }
  }

  @Override
  public void close() {
    pages.close();
    leases.close();
    client.close();
  }
}
