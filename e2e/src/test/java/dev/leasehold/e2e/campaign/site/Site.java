package dev.leasehold.e2e.campaign.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import dev.leasehold.e2e.campaign.check.Freeze;
import dev.leasehold.e2e.campaign.check.Intervals;
import dev.leasehold.e2e.campaign.check.LeaseLog;
import dev.leasehold.e2e.campaign.check.PageSight;
import dev.leasehold.e2e.cluster.Clients;
import dev.leasehold.e2e.replica.Launch;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.e2e.samples.ShippedRoles;
import dev.leasehold.election.Timings;
import dev.leasehold.samples.cli.ResourceTypes;
import dev.leasehold.samples.cluster.LocalControlPlane;
import dev.leasehold.samples.cluster.Login;
import dev.leasehold.samples.demo.check.History;
import dev.leasehold.samples.webpage.WebPageDefinition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Three replicas of the webpage sample with eight buckets, in a namespace of their own, as a user
 * with the shipped Role. Not thread-safe.
 */
public final class Site implements AutoCloseable {

  /** The shortest that leave room for a retry on a busy machine. */
  public static final Timings TIMINGS =
      new Timings(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(500));

  /** For whatever has no promised time, on a machine that may be busy. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How many keys each replica runs at once. */
  public static final int WORKERS = 4;

  /** The controller's buckets. */
  public static final BucketSet BUCKETS = BucketSet.of("webpage", 8, KeyHash.NAME);

  private static final Pattern TOKEN = Pattern.compile("\"token\": \"([^\"]+)\"");
  private static final int REPLICAS = 3;
  private static final String COMPONENT = "shop";

  private final LocalControlPlane plane;
  private final KubernetesClient client;
  private final String namespace = "campaign-" + UUID.randomUUID().toString().substring(0, 8);
  private final Login login;
  private final Path folder;
  private final List<Seat> seats = new ArrayList<>();
  private final Witness witness = new Witness();
  private final Sightings sightings;
  private final Eavesdropper eavesdropper;

  /**
   * Makes the namespace and the seats; no replica runs yet.
   *
   * @param plane the API server and its store
   * @param folder for the replicas' files
   * @param clock how the last seat's replicas are launched: those whose clock can be set
   */
  public Site(LocalControlPlane plane, Path folder, Launch clock)
      throws IOException, InterruptedException {
    this.plane = plane;
    this.client = Clients.of(plane.kubeconfig(), Duration.ofSeconds(5));
    this.login = plane.login("restricted-9");
    this.folder = folder;
    this.eavesdropper =
        new Eavesdropper(
            Map.of(
                "The token",
                token(Files.readString(login.kubeconfig())),
                "The content of a page",
                Load.CONTENT));
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    new ResourceTypes(client).install(WebPageDefinition.load());
    permitLeases(true);
    this.sightings = new Sightings(plane.kubeconfig(), namespace, COMPONENT);
    for (int i = 1; i <= REPLICAS; i++) {
      seats.add(
          new Seat(
              "r" + i,
              folder,
              options(),
              i == REPLICAS ? clock : Launch.PLAIN,
              // The first can be refused, and the last has no opinion on how old a certificate is.
              new Seat.Way(login.kubeconfig(), plane.address().getPort(), i != 2)));
    }
  }

  private List<String> options() {
    return List.of(
        "--component",
        COMPONENT,
        "--namespace",
        namespace,
        "--controllers",
        BUCKETS.controller(),
        "--buckets",
        BUCKETS.controller() + "=" + BUCKETS.count(),
        "--workers",
        Integer.toString(WORKERS),
        "--work-millis",
        "5",
        "--http-port",
        "0",
        "--lease-duration",
        TIMINGS.leaseDuration().toSeconds() + "s",
        "--renew-deadline",
        TIMINGS.renewDeadline().toSeconds() + "s",
        "--retry-period",
        TIMINGS.retryPeriod().toMillis() + "ms");
  }

  /** A client that may do everything, past all faults of networks. */
  public KubernetesClient client() {
    return client;
  }

  /** Where the pages and the Leases are. */
  public String namespace() {
    return namespace;
  }

  /** The API server and its store. */
  public LocalControlPlane plane() {
    return plane;
  }

  /** The replicas' places. */
  public List<Seat> seats() {
    return Collections.unmodifiableList(seats);
  }

  /** Lets the replicas use Leases, or nothing but Leases no longer. */
  public void permitLeases(boolean permitted) throws IOException {
    var role = ShippedRoles.home();
    if (!permitted) {
      for (var grant : ShippedRoles.grants()) {
        if (grant.resource().equals("leases")) {
          role = ShippedRoles.without(role, grant);
        }
      }
    }
    ShippedRoles.grant(client, namespace, role, login.user());
  }

  /**
   * The component's Leases, as the API server has them.
   *
   * @param roles {@code bucket}, {@code member} or both
   */
  public List<Lease> leases(String... roles) {
    return client
        .leases()
        .inNamespace(namespace)
        .withLabel("leasehold.dev/component", COMPONENT)
        .withLabelIn("leasehold.dev/role", roles)
        .list()
        .getItems();
  }

  /** Waits until all replicas lead their share. */
  public void awaitBalanced() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(imbalance()).isEmpty());
  }

  /** The same, beside a replica that may end or become unfit: another follows it then. */
  public void awaitBalancedBeside(Seat frail) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              frail.startAgainIfUnfit();
              assertThat(imbalance()).isEmpty();
            });
  }

  /** Why the replicas are not yet balanced; empty if they are. */
  public Optional<String> imbalance() {
    Map<String, Integer> load = new HashMap<>();
    seats.forEach(seat -> load.put(seat.replica().name(), 0));
    List<Lease> buckets = leases("bucket");
    for (Lease lease : buckets) {
      String holder = String.valueOf(lease.getSpec().getHolderIdentity()).replaceFirst("_.*", "");
      if (load.computeIfPresent(holder, (name, led) -> led + 1) == null) {
        return Optional.of("%s is held by %s".formatted(lease.getMetadata().getName(), holder));
      }
    }
    int led = seats.stream().mapToInt(Seat::led).sum();
    if (led != BUCKETS.count()) {
      return Optional.of("%d buckets are led".formatted(led));
    }
    boolean even = Collections.max(load.values()) - Collections.min(load.values()) <= 1;
    return even && buckets.size() == BUCKETS.count()
        ? Optional.empty()
        : Optional.of("the %d buckets are held so: %s".formatted(buckets.size(), load));
  }

  /** What all replicas have done so far. */
  public History history() {
    return History.of(
        seats.stream()
            .flatMap(seat -> seat.replicas().stream())
            .map(replica -> replica.trace())
            .toList());
  }

  /** Asks the replicas' HTTP ports for what they must not tell. */
  public void eavesdrop() {
    seats.forEach(seat -> eavesdropper.listen(seat.replica()));
  }

  /** Where the replicas have shown their token, or what is in a page; one sentence each. */
  public List<String> leaks() throws IOException {
    for (Seat seat : seats) {
      for (Replica replica : seat.replicas()) {
        eavesdropper.read(folder, replica.name());
      }
    }
    return eavesdropper.heard();
  }

  /** How often that was looked for, by path of the HTTP port and by kind of file. */
  public Map<String, Integer> searched() {
    return eavesdropper.searched();
  }

  /** When the machine was too busy for anything. */
  public Intervals stalls() {
    return witness.stalls();
  }

  /** What was seen of pages so far. */
  public List<PageSight> sights() {
    sightings.catchUp();
    return sightings.ofPages();
  }

  /** What was seen of the buckets' Leases so far. */
  public LeaseLog leaseLog() {
    sightings.catchUp();
    return sightings.ofLeases();
  }

  private static String token(String kubeconfig) {
    Matcher token = TOKEN.matcher(kubeconfig);
    if (!token.find()) {
      throw new IllegalStateException("There is no token in the kubeconfig.");
    }
    return token.group(1);
  }

  /** When which of them stood still. */
  public List<Freeze> freezes() {
    return seats.stream().flatMap(seat -> seat.freezes().stream()).toList();
  }

  @Override
  public void close() throws IOException {
    for (Seat seat : seats) {
      seat.close();
    }
    witness.close();
    sightings.close();
    client.close();
  }
}
