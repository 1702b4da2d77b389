package dev.leasehold.controller;

import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.claim.ShardSettings;
import dev.leasehold.election.Timings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link ControllerManager}, step by step; each step refuses what makes no sense with
 * one sentence. Not thread-safe.
 */
public final class ManagerBuilder {

  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(25);

  private final KubernetesClient client;
  private @Nullable String component;
  private String namespace;
  private String host = Identity.hostName(System.getenv());
  private Timings timings = Timings.defaults();
  private Duration drainTimeout = ShardSettings.defaults().drainTimeout();
  private Duration shutdownTimeout = SHUTDOWN_TIMEOUT;
  private @Nullable InetSocketAddress http;
  private @Nullable MeterRegistry metrics;
  private ReconcileListener reconciles = ReconcileListener.NONE;
  private ShardListener shards = ShardListener.NONE;

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
   */
  public ManagerBuilder namespace(String name) {
    namespace = name;
    return this;
  }

  /**
   * Names this replica; its pod's or host's name by default. Eight hex digits are added, new at
   * each start, so the name need not be unique.
   *
   * @param name letters, digits, hyphens and dots
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
   * @param timeout zero or more
   * @throws IllegalArgumentException if it is negative
   */
  public ManagerBuilder drainTimeout(Duration timeout) {
    drainTimeout = notNegative("drain timeout", timeout);
    return this;
  }

  /**
   * Lets {@link ControllerManager#close} take so long; 25 s by default, which is below Kubernetes'
   * grace period of 30 s.
   *
   * @param timeout zero or more
   * @throws IllegalArgumentException if it is negative
   */
  public ManagerBuilder shutdownTimeout(Duration timeout) {
    shutdownTimeout = notNegative("shutdown timeout", timeout);
    return this;
  }

  /**
   * Serves health and shards over HTTP on all addresses.
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

  /** Serves health and shards over HTTP on one address. */
  public ManagerBuilder http(InetSocketAddress address) {
    http = address;
    return this;
  }

  /** Counts into a registry. */
  public ManagerBuilder metrics(MeterRegistry registry) {
    metrics = registry;
    return this;
  }

  /** Lets a listener hear of every reconcile. */
  public ManagerBuilder onReconcile(ReconcileListener listener) {
    reconciles = listener;
    return this;
  }

  /** Lets a listener hear of every bucket that is won or lost. */
  public ManagerBuilder onShards(ShardListener listener) {
    shards = listener;
    return this;
  }

  /**
   * Ends the description. Nothing is sent yet.
   *
   * @throws IllegalArgumentException if no component was named, or the Leases can't be named after
   *     it and the replica
   */
  public ControllerManager build() {
    if (component == null) {
      throw new IllegalArgumentException(
          "A manager needs a component: name it with component(...), as all its replicas do.");
    }
    LeaseNames.of(component).member(host + "_00000000");
    return new ControllerManager(
        client,
        new ManagerOptions(
            component,
            namespace,
            host,
            new ShardSettings(timings, drainTimeout),
            shutdownTimeout,
            http,
            metrics,
            reconciles,
            shards));
  }

  private static Duration notNegative(String what, Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException(
          "The %s is %s; it can't be negative.".formatted(what, timeout));
    }
    return timeout;
  }
}
