package dev.leasehold.controller;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.Permit;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * What a reconciler is asked to look at.
 *
 * <p>Thread-safe, apart from the resource: that one is shared with the cache, so reading it is safe
 * and changing it never is.
 *
 * @param <R> the resource type
 */
public interface Request<R extends HasMetadata> {

  /** Which resource. */
  ResourceKey key();

  /**
   * The resource as the cache had it when the run began; empty if it does not exist (any more).
   *
   * <p>It belongs to the cache: never change it. Copy it first, for example with its {@code
   * toBuilder()} or {@code edit()}.
   */
  Optional<R> resource();

  /** 1, and one more for each failure in a row before. */
  int attempt();

  /** Whether something has changed just now, or this is a replay or a resync. */
  Lane lane();

  /** The bucket of the key. */
  Bucket bucket();

  /**
   * The permission to work on the key; ask it right before each write that doesn't go by {@link
   * #writes}.
   */
  Permit permit();

  /** Writes to the API server that are refused once the permit has lapsed. */
  Writes writes();
}
