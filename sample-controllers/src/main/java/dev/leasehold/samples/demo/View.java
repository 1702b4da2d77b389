package dev.leasehold.samples.demo;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.samples.cli.CommandFailure;
import dev.leasehold.samples.demo.check.LeaseState;
import dev.leasehold.samples.demo.check.PageState;
import dev.leasehold.samples.demo.check.Snapshot;
import dev.leasehold.samples.webpage.WebPage;
import dev.leasehold.samples.webpage.WebPageStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the API server has of the demo, followed by watches. Thread-safe. */
final class View implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String HTML = "index.html";

  private final LeaseNames names;
  private final SharedIndexInformer<Lease> leases;
  private final SharedIndexInformer<WebPage> pages;
  private final SharedIndexInformer<ConfigMap> configMaps;

  /** Hears of a bucket's Lease that got another holder; on a thread of the client's. */
  interface HolderListener {
    void changed(LeaseState before, LeaseState after);
  }

  private View(KubernetesClient client, String namespace, HolderListener listener) {
    names = LeaseNames.of(Story.COMPONENT);
    leases =
        client
            .leases()
            .inNamespace(namespace)
            .withLabelSelector(LeaseMetadata.selector(Story.COMPONENT))
            .runnableInformer(0);
    leases.addEventHandler(new Holders(listener));
    pages = client.resources(WebPage.class).inNamespace(namespace).runnableInformer(0);
    configMaps = client.configMaps().inNamespace(namespace).runnableInformer(0);
  }

  /** Begins to follow, and waits for the first lists. */
  static View open(KubernetesClient client, String namespace, HolderListener listener)
      throws InterruptedException {
    View view = new View(client, namespace, listener);
    try {
      view.start(view.leases);
      view.start(view.pages);
      view.start(view.configMaps);
      return view;
    } catch (RuntimeException | InterruptedException failure) {
      view.close();
      throw failure;
    }
  }

  private <T extends HasMetadata> void start(SharedIndexInformer<T> informer)
      throws InterruptedException {
    try {
      informer
          .exceptionHandler((started, cause) -> true)
          .start()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new CommandFailure(
          "The API server doesn't list %s: check this account's permissions."
              .formatted(informer.getApiTypeClass().getSimpleName()),
          failure);
    }
  }

  /** What is known now. */
  Snapshot snapshot() {
    Map<String, ConfigMap> byOwner = new HashMap<>();
    configMaps
        .getStore()
        .list()
        .forEach(map -> ownerOf(map).ifPresent(owner -> byOwner.put(owner, map)));
    return new Snapshot(
        leases.getStore().list().stream().map(this::lease).toList(),
        pages.getStore().list().stream()
            .map(page -> page(page, byOwner.get(page.getMetadata().getName())))
            .toList());
  }

  @Override
  public void close() {
    List.of(leases, pages, configMaps).forEach(SharedIndexInformer::stop);
  }

  /** The name of the page that controls a ConfigMap, if one does. */
  static Optional<String> ownerOf(ConfigMap map) {
    return map.getMetadata().getOwnerReferences().stream()
        .filter(owner -> owner.getKind().equals(HasMetadata.getKind(WebPage.class)))
        .map(OwnerReference::getName)
        .findFirst();
  }

  private LeaseState lease(Lease lease) {
    String holder = lease.getSpec() == null ? null : lease.getSpec().getHolderIdentity();
    String created = lease.getMetadata().getCreationTimestamp();
    return new LeaseState(
        lease.getMetadata().getName(),
        holder == null ? "" : holder,
        Long.parseUnsignedLong(lease.getMetadata().getResourceVersion()),
        created == null ? Instant.EPOCH : Instant.parse(created),
        names.bucketNamed(lease.getMetadata().getName()));
  }

  private static PageState page(WebPage page, @Nullable ConfigMap map) {
    WebPageStatus status = page.getStatus();
    return new PageState(
        page.getMetadata().getNamespace(),
        page.getMetadata().getName(),
        page.getSpec() == null ? "" : page.getSpec().html(),
        page.getMetadata().getGeneration() == null ? 0 : page.getMetadata().getGeneration(),
        Optional.ofNullable(status).map(View::status),
        Optional.ofNullable(map).map(ConfigMap::getData).map(data -> data.get(HTML)));
  }

  private static PageState.Status status(WebPageStatus status) {
    Long observed = status.observedGeneration();
    String by = status.reconciledBy();
    String epoch = status.epoch();
    return new PageState.Status(
        observed == null ? -1 : observed,
        by == null ? "" : by,
        epoch == null ? 0 : Long.parseUnsignedLong(epoch));
  }

  /** Picks the changes of holders out of all events. */
  private final class Holders implements ResourceEventHandler<Lease> {

    private final HolderListener listener;

    Holders(HolderListener listener) {
      this.listener = listener;
    }

    @Override
    public void onAdd(Lease lease) {}

    @Override
    public void onUpdate(Lease before, Lease after) {
      LeaseState then = lease(before);
      LeaseState now = lease(after);
      if (now.isOfBucket() && !then.holder().equals(now.holder())) {
        listener.changed(then, now);
      }
    }

    @Override
    public void onDelete(Lease lease, boolean finalStateUnknown) {}
  }
}
