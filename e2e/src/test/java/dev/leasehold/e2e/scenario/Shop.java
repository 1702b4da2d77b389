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
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A component with its replicas, pages and Leases in a namespace of its own. Not thread-safe, apart
 * from {@link #change}.
 */
public final class Shop implements AutoCloseable {

  /** How the shops of tests are that don't say it. */
  static final Setup USUAL =
      new Setup(8, Duration.ofSeconds(5), Duration.ofMillis(3500), Duration.ofSeconds(1));

  /** For everything that has no promised time, on a machine that may be busy. */
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final int MOST_ATTEMPTS = 20;

  /** Enough for one to fall into any bucket. */
  private static final int MOST_NAMES = 10_000;

  private static final LeaseNames NAMES = LeaseNames.of("shop");

  /**
   * How a shop is set up.
   *
   * @param buckets of its one controller
   * @param leaseDuration of each replica
   * @param renewDeadline of each replica
   * @param retryPeriod of each replica: how often it renews
   */
  public record Setup(
      int buckets, Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {}

  private final ControlPlane plane;
  private final Setup setup;
  private final BucketSet layout;
  private final Path folder;
  private final KubernetesClient client;
  private final String namespace = "shop-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<Replica> replicas = new ArrayList<>();

  Shop(ControlPlane plane, Path folder) {
    this(plane, folder, USUAL);
  }

  /** An empty shop in a namespace of its own. */
  public Shop(ControlPlane plane, Path folder, Setup setup) {
    this.plane = plane;
    this.setup = setup;
    this.layout = BucketSet.of("webpage", setup.buckets(), KeyHash.NAME);
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

  /** A client with all rights. */
  public KubernetesClient client() {
    return client;
  }

  /** Where everything of the shop is. */
  public String namespace() {
    return namespace;
  }

  /** The options of a replica of this shop. */
  List<String> options() {
    return options(setup.buckets());
  }

  private List<String> options(int buckets) {
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
        "webpage=" + buckets,
        "--http-port",
        "0",
        "--lease-duration",
        millis(setup.leaseDuration()),
        "--renew-deadline",
        millis(setup.renewDeadline()),
        "--retry-period",
        millis(setup.retryPeriod()));
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + "ms";
  }

  /** Starts a replica with a name of its own. */
  public Replica start(String name) {
    return started(Replica.start(name, folder, options()));
  }

  /** Starts a replica with some more options. */
  Replica start(String name, String... more) {
    List<String> all = new ArrayList<>(options());
    all.addAll(List.of(more));
    return started(Replica.start(name, folder, all));
  }

  /** Starts a replica of a version that has another bucket count. */
  Replica startWithBuckets(String name, int buckets) {
    return started(Replica.start(name, folder, options(buckets)));
  }

  private Replica started(Replica replica) {
    replicas.add(replica);
    return replica;
  }

  /** All that were ever started. */
  public List<Replica> replicas() {
    return replicas;
  }

  /** Creates the pages 0 to {@code count - 1}. */
  public void createPages(int count) {
    for (int i = 0; i < count; i++) {
      createPage(i);
    }
  }

  /** Creates a page in a bucket that a replica of that name leads now. */
  void createPageOf(String name) {
    Map<String, String> holders = holders();
    createPage(
        IntStream.range(0, MOST_NAMES)
            .filter(page -> holderOf(pageName(page), holders).startsWith(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError(name + " leads nothing: " + holders)));
  }

  private void createPage(int page) {
    client.resource(WebPage.of(namespace, pageName(page), html(page, 0))).create();
  }

  private String holderOf(String page, Map<String, String> holders) {
    return holders.getOrDefault(NAMES.bucket(layout.bucketOf(namespace, page, null)), "");
  }

  /** Gives a page new content, again if its status is written just then. Thread-safe. */
  public void change(int page, int revision) {
    for (int attempt = 1; ; attempt++) {
      try {
        edit(page, revision);
        return;
      } catch (KubernetesClientException refused) {
        if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == MOST_ATTEMPTS) {
          throw refused;
        }
      }
    }
  }

  private void edit(int page, int revision) {
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
  public void awaitBalanced(int members) {
    int floor = setup.buckets() / members;
    int ceiling = (setup.buckets() + members - 1) / members;
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Map<String, Long> load =
                  holders().values().stream()
                      .collect(Collectors.groupingBy(holder -> holder, Collectors.counting()));
              assertThat(holders()).hasSize(setup.buckets());
              assertThat(load).doesNotContainKey("").hasSize(members);
              assertThat(load.values()).allMatch(led -> led >= floor && led <= ceiling);
            });
  }

  /** Waits until every page's last content is in its ConfigMap, by the holder of its bucket. */
  public void awaitReconciled() {
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
      String holder = holderOf(name, holders);
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

  /** The Leases of that role, {@code bucket} or {@code member}. */
  public List<Lease> leases(String role) {
    return client
        .leases()
        .inNamespace(namespace)
        .withLabel("leasehold.dev/component", "shop")
        .withLabel("leasehold.dev/role", role)
        .list()
        .getItems();
  }

  /** What all replicas did so far. */
  public History history() {
    return History.of(replicas.stream().map(Replica::trace).toList());
  }

  /** Checks what must be true of every history. */
  public void assertSound() {
    History history = history();
    assertThat(history.runs()).isNotEmpty();
    assertThat(history.oddities()).isEmpty();
    assertThat(HistoryChecks.noKeyRanTwiceAtOnce(history)).isEmpty();
    assertThat(HistoryChecks.runsAreUnderTheirTerm(history)).isEmpty();
    assertThat(HistoryChecks.epochsGrow(history)).isEmpty();
    assertThat(HistoryChecks.keysRanInTheirBuckets(history, layout)).isEmpty();
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
    client.close();
  }
}
