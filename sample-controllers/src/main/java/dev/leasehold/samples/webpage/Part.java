package dev.leasehold.samples.webpage;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * An object that a page asks for: its name and content. Decides, and does nothing.
 *
 * @param <T> its type
 */
interface Part<T extends HasMetadata> {

  /** Its type. */
  Class<T> type();

  /** Its name, in the page's namespace. */
  String name();

  /** The object as it is to be created. */
  T fresh();

  /** An existing one as it is to be; what nobody asked for here stays. */
  T mended(T existing);

  /** Whether an existing one needs no write. */
  boolean isLike(T existing);
}
