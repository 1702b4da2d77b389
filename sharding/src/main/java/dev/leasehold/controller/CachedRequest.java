package dev.leasehold.controller;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.Permit;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** A request with the resource as the cache had it. */
record CachedRequest<R extends HasMetadata>(
    ResourceKey key, Optional<R> resource, int attempt, Lane lane, Bucket bucket, Permit permit)
    implements Request<R> {}
