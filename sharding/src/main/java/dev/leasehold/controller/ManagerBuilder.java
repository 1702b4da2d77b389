package dev.leasehold.controller;

import dev.leasehold.admin.AdminServer;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.claim.Deposed;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.claim.ShardListeners;
import dev.leasehold.claim.ShardSettings;
import dev.leasehold.election.Timings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link ControllerManager}, step by step; each step refuses what makes no sense with
 * one sentence. Not thread-safe.
 */
public final class ManagerBuilder {

  private static final Duration MOST_SETTLING = Duration.ofMinutes(1);
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(25);

  private final KubernetesClient client;
  private @Nullable String component;
  private String namespace;
  private String host = Identity.hostName(System.getenv());
  private Timings timings = Timings.defaults();
  private Duration drainTimeout = ShardSettings.defaults().drainTimeout();
  private Duration settlingTime = ShardSettings.defaults().settlingTime();
  private int movesAtOnce = ShardSettings.defaults().movesAtOnce();
  private Deposed deposed = ShardSettings.defaults().deposed();
  private Duration shutdownTimeout = SHUTDOWN_TIMEOUT;
  private @Nullable InetSocketAddress http;
  private Consumer<InetSocketAddress> onHttp = address -> {};
  private final Map<String, ManagerOptions.Page> pages = new LinkedHashMap<>();
  private boolean waitForTypes;
  private @Nullable MeterRegistry metrics;
  private boolean metricsPerBucket;
  private boolean withEvents = true;
  private final List<ReconcileListener> reconciles = new ArrayList<>();
  private final List<ShardListener> shards = new ArrayList<>();

  ManagerBuilder(KubernetesClient client) {
    this.client = client;
    String own = client.getNamespace();
    this.namespace = own == null ? "default" : own;
  }

  /**
   * Names the component: the prefix of its Leases' names, and what its replicas have in common.
   *
   * @param name a DNS-1123 label
   * @throws IllegalArgumentException if it isn't one
   */
  public ManagerBuilder component(String name) {
    component = LeaseNames.of(name).component();
    return this;
  }

  /**
   * Says where the Leases are; the client's own namespace by default.
   *
   * @param name a namespace that exists
   * @throws IllegalArgumentException if it is blank
   */
  public ManagerBuilder namespace(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "The namespace of the Leases is blank; leave namespace(...) out to use the client's.");
    }
    namespace = name;
    return this;
  }

  /**
   * Names this replica; its pod's or host's name by default. Eight hex digits are added, new at
   * each start, so the name need not be unique.
   *
   * @param name letters, digits, hyphens and dots; {@link #build} refuses others
   */
  public ManagerBuilder identity(String name) {
    host = name;
    return this;
  }

  /** Sets the periods of the election; 15 s, 10 s and 2 s by default. */
  public ManagerBuilder timings(Timings periods) {
    timings = periods;
    return this;
  }

  /**
   * Lets running keys of a bucket that is given away take so long before they are interrupted; 10 s
   * by default.
   *
   * @param timeout zero to 365 days
   * @throws IllegalArgumentException if it is out of range
   */
  public ManagerBuilder drainTimeout(Duration timeout) {
    drainTimeout = atMost(RunSteps.LONGEST, "drain timeout", timeout);
    return this;
  }

  /**
   * Moves buckets that somebody leads, to even out the shares, only after no replica has come or
   * gone for so long; 1 s by default. Buckets that nobody leads are taken at once, and a replica
   * that leaves gives its buckets away at once.
   *
   * @param time zero or more, up to a minute
   * @throws IllegalArgumentException if it is out of range
   */
  public ManagerBuilder settlingTime(Duration time) {
    settlingTime = atMost(MOST_SETTLING, "settling time", time);
    return this;
  }

  /**
   * Lets this replica have so many such moves under way at once; 1 by default. It goes for a
   * replica that leaves, too, which moves up to 8 at once if it has hundreds. A bucket whose
   * running keys had to be interrupted, or whose Lease can't be written, no longer counts.
   *
   * @param most 1 or more
   * @throws IllegalArgumentException if it is less
   */
  public ManagerBuilder movesAtOnce(int most) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "The number of moves at once is %d; choose 1 or more.".formatted(most));
    }
    movesAtOnce = most;
    return this;
  }

  /**
   * Says what this replica does after it has lost its membership: {@link Deposed#REJOIN} by
   * default. Its work is interrupted and waited for either way. With {@link Deposed#EXIT} it joins
   * no more, and {@link ControllerManager#run()} throws {@link DeposedException} then.
   */
  public ManagerBuilder onDeposed(Deposed policy) {
    deposed = policy;
    return this;
  }

  /**
   * Lets {@link ControllerManager#close} take so long; 25 s by default, which is below Kubernetes'
   * grace period of 30 s.
   *
   * @param timeout zero to 365 days
   * @throws IllegalArgumentException if it is out of range
   */
  public ManagerBuilder shutdownTimeout(Duration timeout) {
    shutdownTimeout = atMost(RunSteps.LONGEST, "shutdown timeout", timeout);
    return this;
  }

  /**
   * Serves health, shards and the live page over HTTP on all addresses. Whoever reaches the port
   * may read them; {@link #http} binds it to one address.
   *
   * @param port 0 to 65535; 0 takes a free one
   * @throws IllegalArgumentException if it is out of range
   */
  public ManagerBuilder httpPort(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          "The HTTP port is %d; choose one from 0 to 65535.".formatted(port));
    }
    return http(new InetSocketAddress(port));
  }

  /** Serves health, shards and the live page over HTTP on one address. */
  public ManagerBuilder http(InetSocketAddress address) {
    http = address;
    return this;
  }

  /**
   * Tells where the HTTP port listens as soon as it answers, which is before the first election and
   * before the API server is asked anything. Called once, on the thread that starts the manager;
   * what it throws fails the start. Never called if nothing is served over HTTP. A further listener
   * is told after those before.
   */
  public ManagerBuilder onHttp(Consumer<InetSocketAddress> listener) {
    onHttp = onHttp.andThen(listener);
    return this;
  }

  /**
   * Serves one more page over HTTP, for metrics, say.
   *
   * @param path where, beginning with a slash
   * @param contentType of the text, without a charset: it is sent as UTF-8
   * @param body the text, made at each request on a thread of the HTTP port's; thread-safe
   * @throws IllegalArgumentException if the path has no slash in front, or has a page already
   */
  public ManagerBuilder page(String path, String contentType, Supplier<String> body) {
    if (!path.startsWith("/") || path.equals("/")) {
      throw new IllegalArgumentException(
          "The page's path is '%s'; give it a slash and a name.".formatted(path));
    }
    if (AdminServer.PATHS.contains(path) || pages.containsKey(path)) {
      throw new IllegalArgumentException("There are two pages at '%s'.".formatted(path));
    }
    pages.put(path, new ManagerOptions.Page(path, contentType, body));
    return this;
  }

  /**
   * Starts although a resource type isn't served yet or may not be read, rather than failing: that
   * is logged and makes the replica unready, and the controllers that need the type begin once it
   * is there. The others work meanwhile.
   */
  public ManagerBuilder waitForTypes() {
    waitForTypes = true;
    return this;
  }

  /**
   * Counts into a registry; {@code docs/metrics.md} says what. The meters are taken out of it again
   * when the manager is closed.
   */
  public ManagerBuilder metrics(MeterRegistry registry) {
    metrics = registry;
    return this;
  }

  /**
   * Has metrics for each bucket, too: whether it is led here, and its keys. That is two more time
   * series for each bucket of each controller, on every replica.
   */
  public ManagerBuilder metricsPerBucket() {
    metricsPerBucket = true;
    return this;
  }

  /**
   * Writes no Kubernetes Events about buckets that change hands. By default each change is one, on
   * the bucket's Lease, if this account may create {@code events.events.k8s.io} there.
   */
  public ManagerBuilder withoutEvents() {
    withEvents = false;
    return this;
  }

  /**
   * Lets a listener hear of every reconcile. Called again, it adds another: all are told, in the
   * order of these calls, and what one of them throws keeps nothing from the next.
   */
  public ManagerBuilder onReconcile(ReconcileListener listener) {
    reconciles.add(listener);
    return this;
  }

  /**
   * Lets a listener hear of every bucket that is won or lost. Called again, it adds another: all
   * are told, in the order of these calls, and what one of them throws keeps nothing from the next.
   */
  public ManagerBuilder onShards(ShardListener listener) {
    shards.add(listener);
    return this;
  }

  /**
   * Ends the description. Nothing is sent yet.
   *
   * @throws IllegalArgumentException if no component was named, or the Leases can't be named after
   *     it and the replica
   */
  public ControllerManager build() {
    return new ControllerManager(client, options());
  }

  /** What has been described. */
  ManagerOptions options() {
    if (component == null) {
      throw new IllegalArgumentException(
          "A manager needs a component: name it with component(...), as all its replicas do.");
    }
    LeaseNames.of(component).member(host + "_00000000");
    return new ManagerOptions(
        component,
        namespace,
        host,
        new ShardSettings(timings, drainTimeout, settlingTime, movesAtOnce, deposed),
        shutdownTimeout,
        http,
        onHttp,
        List.copyOf(pages.values()),
        waitForTypes,
        metrics,
        metricsPerBucket,
        withEvents,
        new ReconcileListeners(reconciles),
        new ShardListeners(shards));
  }

  private static Duration atMost(Duration most, String what, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(
          "The %s is %s; it can't be negative.".formatted(what, time));
    }
    if (time.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "The %s is %s; choose at most %s.".formatted(what, time, most));
    }
    return time;
  }
}
