package dev.leasehold.controller;

import dev.leasehold.claim.ShardListener;
import dev.leasehold.claim.ShardSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a manager's builder has gathered. */
record ManagerOptions(
    String component,
    String namespace,
    String identity,
    ShardSettings settings,
    Duration shutdownTimeout,
    @Nullable InetSocketAddress http,
    Consumer<InetSocketAddress> onHttp,
    List<Page> pages,
    boolean waitForTypes,
    @Nullable MeterRegistry metrics,
    boolean metricsPerBucket,
    boolean withEvents,
    ReconcileListener reconciles,
    ShardListener shards) {

  ManagerOptions {
    pages = List.copyOf(pages);
  }

  /** A page that the HTTP port serves besides its own. */
  record Page(String path, String contentType, Supplier<String> body) {}
}
