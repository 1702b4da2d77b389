package dev.leasehold.controller;

import dev.leasehold.claim.ShardListener;
import dev.leasehold.claim.ShardSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a manager's builder has gathered. */
record ManagerOptions(
    String component,
    String namespace,
    String identity,
    ShardSettings settings,
    Duration shutdownTimeout,
    @Nullable InetSocketAddress http,
    @Nullable MeterRegistry metrics,
    ReconcileListener reconciles,
    ShardListener shards) {}
