package dev.leasehold.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.samples.cluster.ControlPlane;
import dev.leasehold.samples.demo.check.History;
import dev.leasehold.samples.demo.check.HistoryChecks;
import dev.leasehold.samples.webpage.WebPage;
import dev.leasehold.samples.webpage.WebPageDefinition;
import dev.leasehold.samples.webpage.WebPageSpec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A component with its replicas, pages and Leases in a namespace of its own. Not thread-safe, apart
 * from {@link #change}.
 */
final class Shop implements AutoCloseable {

  static final int BUCKETS = 8;
  static final Duration LEASE_DURATION = Duration.ofSeconds(5);

  /** For everything that has no promised time, on a machine that may be busy. */
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final LeaseNames NAMES = LeaseNames.of("shop");
  private static final BucketSet LAYOUT = BucketSet.of("webpage", BUCKETS, KeyHash.NAME);

  private final ControlPlane plane;
  private final Path folder;
  private final KubernetesClient client;
  private final String namespace = "shop-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<Replica> replicas = new ArrayList<>();

  Shop(ControlPlane plane, Path folder) {
    this.plane = plane;
    this.folder = folder;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(plane.kubeconfig().toFile()))
            .build();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    client.resource(WebPageDefinition.load()).unlock().createOr(existing -> existing.update());
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> client.resources(WebPage.class).inNamespace(namespace).list() != null);
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }

  /** The options of a replica of this shop. */
  List<String> options() {
    return List.of(
        "--component",
        "shop",
        "--namespace",
        namespace,
        "--kubeconfig",
        plane.kubeconfig().toString(),
        "--controllers",
        "webpage",
        "--buckets",
        "webpage=" + BUCKETS,
        "--http-port",
        "0",
        "--lease-duration",
        LEASE_DURATION.toSeconds() + "s",
        "--renew-deadline",
        "3500ms",
        "--retry-period",
        "1s");
  }

  Replica start(String name) {
    Replica replica = Replica.start(name, folder, options());
    replicas.add(replica);
    return replica;
  }

  List<Replica> replicas() {
    return replicas;
  }

  void createPages(int count) {
    for (int i = 0; i < count; i++) {
      client.resource(WebPage.of(namespace, pageName(i), html(i, 0))).create();
    }
  }

  /** Gives a page new content. Thread-safe. */
  void change(int page, int revision) {
    client
        .resources(WebPage.class)
        .inNamespace(namespace)
        .withName(pageName(page))
        .edit(
            before -> {
              WebPage after = WebPage.of(namespace, pageName(page), html(page, revision));
              after.setMetadata(before.getMetadata());
              after.setStatus(before.getStatus());
              return after;
            });
  }

  private static String pageName(int page) {
    return "page-" + page;
  }

  private static String html(int page, int revision) {
    return "<h1>Page %d, revision %d</h1>".formatted(page, revision);
  }

  /** Waits until so many replicas lead all buckets, within one of each other. */
  void awaitBalanced(int members) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Map<String, Long> load =
                  holders().values().stream()
                      .collect(Collectors.groupingBy(holder -> holder, Collectors.counting()));
              assertThat(holders()).hasSize(BUCKETS);
              assertThat(load).doesNotContainKey("").hasSize(members);
              assertThat(load.values())
                  .allMatch(
                      led -> led >= BUCKETS / members && led <= (BUCKETS + members - 1) / members);
            });
  }

  /** Waits until every page's last content is in its ConfigMap, by the holder of its bucket. */
  void awaitReconciled() {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(unfinished()).isEmpty());
  }

  private List<String> unfinished() {
    Map<String, String> maps = new TreeMap<>();
    for (ConfigMap map : client.configMaps().inNamespace(namespace).list().getItems()) {
      maps.put(map.getMetadata().getName(), String.valueOf(map.getData()));
    }
    Map<String, String> holders = holders();
    List<String> unfinished = new ArrayList<>();
    for (WebPage page : client.resources(WebPage.class).inNamespace(namespace).list().getItems()) {
      String name = page.getMetadata().getName();
      WebPageSpec spec = page.getSpec();
      String holder =
          holders.getOrDefault(NAMES.bucket(LAYOUT.bucketOf(namespace, name, null)), "");
      boolean done =
          page.getStatus() != null
              && page.getMetadata().getGeneration().equals(page.getStatus().observedGeneration())
              && holder.equals(page.getStatus().reconciledBy())
              && maps.getOrDefault(name + "-html", "").contains(spec.html());
      if (!done) {
        unfinished.add("%s of %s: %s".formatted(name, holder, page.getStatus()));
      }
    }
    return unfinished;
  }

  /** The holder of each bucket's Lease, by the Lease's name; empty for none. */
  Map<String, String> holders() {
    Map<String, String> holders = new TreeMap<>();
    for (Lease lease : leases("bucket")) {
      String holder = lease.getSpec().getHolderIdentity();
      holders.put(lease.getMetadata().getName(), holder == null ? "" : holder);
    }
    return holders;
  }

  List<Lease> leases(String role) {
    return client
        .leases()
        .inNamespace(namespace)
        .withLabel("leasehold.dev/component", "shop")
        .withLabel("leasehold.dev/role", role)
        .list()
        .getItems();
  }

  /** What all replicas did so far. */
  History history() {
    return History.of(replicas.stream().map(Replica::trace).toList());
  }

  /** Checks what must be true of every history. */
  void assertSound() {
    History history = history();
    assertThat(history.runs()).isNotEmpty();
    assertThat(history.oddities()).isEmpty();
    assertThat(HistoryChecks.noKeyRanTwiceAtOnce(history)).isEmpty();
    assertThat(HistoryChecks.runsAreUnderTheirTerm(history)).isEmpty();
    assertThat(HistoryChecks.epochsGrow(history)).isEmpty();
    assertThat(HistoryChecks.keysRanInTheirBuckets(history, LAYOUT)).isEmpty();
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
    client.close();
  }
}
