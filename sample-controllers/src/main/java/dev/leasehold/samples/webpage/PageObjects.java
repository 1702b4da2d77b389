package dev.leasehold.samples.webpage;

import dev.leasehold.controller.Writes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/** Makes the objects of pages be as they should, each write under the run's permit. Thread-safe. */
final class PageObjects {

  private final KubernetesClient client;

  /**
   * What became of an object.
   *
   * @param object as it is now
   * @param isWritten whether it had to be created or changed
   * @param isForeign whether it is somebody else's, so that it was left alone
   */
  record Kept(HasMetadata object, boolean isWritten, boolean isForeign) {}

  PageObjects(KubernetesClient client) {
    this.client = client;
  }

  <T extends HasMetadata> Kept keep(Part<T> part, WebPage page, Writes writes) {
    T existing = read(part, page);
    if (existing == null) {
      return new Kept(writes.create(part.fresh()), true, false);
    }
    if (!new PageOwner(page).mayWrite(existing)) {
      return new Kept(existing, false, true);
    }
    if (part.isLike(existing)) {
      return new Kept(existing, false, false);
    }
    return new Kept(writes.update(part.mended(existing)), true, false);
  }

  /** Deletes an object of the page, if it is there. */
  <T extends HasMetadata> void remove(Part<T> part, WebPage page, Writes writes) {
    T existing = read(part, page);
    if (existing != null && new PageOwner(page).owns(existing)) {
      writes.delete(existing);
    }
  }

  private <T extends HasMetadata> @Nullable T read(Part<T> part, WebPage page) {
    return client
        .resources(part.type())
        .inNamespace(page.getMetadata().getNamespace())
        .withName(part.name())
        .get();
  }
}
