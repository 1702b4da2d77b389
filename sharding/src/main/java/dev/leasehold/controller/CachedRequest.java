package dev.leasehold.controller;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.Permit;
import dev.leasehold.queue.Work;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** A request with the resource as the cache had it. */
record CachedRequest<R extends HasMetadata>(
    ResourceKey key,
    Optional<R> resource,
    int attempt,
    Lane lane,
    Bucket bucket,
    Permit permit,
    Writes writes)
    implements Request<R> {

  static <R extends HasMetadata> CachedRequest<R> of(
      Work<ResourceKey> work, Optional<R> resource, Writes writes) {
    return new CachedRequest<>(
        work.key(), resource, work.attempt(), work.lane(), work.bucket(), work.permit(), writes);
  }

  /** The same with another state of the resource. */
  static <R extends HasMetadata> CachedRequest<R> with(Request<R> request, R resource) {
    return new CachedRequest<>(
        request.key(),
        Optional.of(resource),
        request.attempt(),
        request.lane(),
        request.bucket(),
        request.permit(),
        request.writes());
  }
}
