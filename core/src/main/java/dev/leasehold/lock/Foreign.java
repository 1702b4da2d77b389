package dev.leasehold.lock;

/**
 * What a lock's object carries beside the record: owner references, finalizers, a ConfigMap's data,
 * fields of a later Kubernetes. A write replaces the whole object, so whoever writes hands it back
 * as it was seen.
 *
 * <p>Opaque to everybody but the store and the feed of that kind of lock. Implementations are
 * immutable, or treated so.
 */
public interface Foreign {

  /** Nothing. */
  Foreign NONE = new Foreign() {};
}
