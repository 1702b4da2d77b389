package dev.leasehold.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import org.jspecify.annotations.Nullable;

/**
 * What of a resource decides its bucket, and how it becomes an unsigned 64-bit hash.
 *
 * <p>The hashes are fixed for ever: another value for the same key would send it to another bucket,
 * and replicas of two versions would both run it. Golden values in the tests pin them.
 *
 * <p>Immutable and thread-safe.
 */
public enum KeyHash {

  /**
   * The default: the first half of murmur3_128 with seed 0 over the UTF-8 bytes of {@code
   * namespace/name}, or of {@code name} alone for a cluster-scoped resource. That is the key by
   * which client-go and fabric8 caches know the resource; since no name has a slash in it, the two
   * forms never meet. Names that count up are spread evenly.
   */
  NAME {
    @Override
    public long of(@Nullable String namespace, String name, @Nullable String uid) {
      return Hashing.murmur3_128().hashString(key(namespace, name), UTF_8).asLong();
    }
  },

  /**
   * FNV-1a-64 over {@code metadata.uid}, the API server's own hash for {@code
   * shardRange(object.metadata.uid, ...)} (KEP-5866), so ranges of it can be pushed to the server.
   * A resource that is deleted and created anew may change its bucket.
   */
  UID {
    @Override
    public long of(@Nullable String namespace, String name, @Nullable String uid) {
      if (uid == null || uid.isEmpty()) {
        throw new IllegalArgumentException(
            "The bucket of '%s' is decided by its uid, which is not known; hash a resource as read from the API server, or choose KeyHash.NAME."
                .formatted(key(namespace, name)));
      }
      return fnv1a64(uid);
    }
  },

  /**
   * FNV-1a-64 over {@code metadata.namespace}, the API server's own hash for {@code
   * shardRange(object.metadata.namespace, ...)} (KEP-5866). It keeps a namespace in one bucket, but
   * FNV-1a hardly moves the high bits for names that differ at their end: {@code team-1} to {@code
   * team-9} share a bucket. All cluster-scoped resources share one, as on the server.
   */
  NAMESPACE {
    @Override
    public long of(@Nullable String namespace, String name, @Nullable String uid) {
      return fnv1a64(namespace == null ? "" : namespace);
    }
  };

  private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /**
   * The hash of a resource, to be read as unsigned.
   *
   * @param namespace its namespace; null or empty if it is cluster-scoped
   * @param name its name
   * @param uid its uid; may be null unless this is {@link #UID}
   * @throws IllegalArgumentException if this is {@link #UID} and there is no uid
   */
  public abstract long of(@Nullable String namespace, String name, @Nullable String uid);

  private static String key(@Nullable String namespace, String name) {
    return namespace == null || namespace.isEmpty() ? name : namespace + '/' + name;
  }

  /** By the definition at isthe.com/chongo/tech/comp/fnv, the same as Go's {@code fnv.New64a}. */
  private static long fnv1a64(String value) {
    long hash = FNV_OFFSET_BASIS;
    for (byte octet : value.getBytes(UTF_8)) {
      hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
