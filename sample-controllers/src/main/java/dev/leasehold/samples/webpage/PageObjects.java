package dev.leasehold.samples.webpage;

import dev.leasehold.queue.Permit;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/** Makes the objects of pages be as they should, each write under a permit. Thread-safe. */
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

  <T extends HasMetadata> Kept keep(Part<T> part, WebPage page, Permit permit) {
    T existing = read(part, page);
    if (existing == null) {
      permit.check();
      return new Kept(client.resource(part.fresh()).create(), true, false);
    }
    if (!new PageOwner(page).mayWrite(existing)) {
      return new Kept(existing, false, true);
    }
    if (part.isLike(existing)) {
      return new Kept(existing, false, false);
    }
    permit.check();
    return new Kept(client.resource(part.mended(existing)).update(), true, false);
  }

  /** Deletes an object of the page, if it is there. */
  <T extends HasMetadata> void remove(Part<T> part, WebPage page, Permit permit) {
    T existing = read(part, page);
    if (existing != null && new PageOwner(page).owns(existing)) {
      permit.check();
      client.resource(existing).delete();
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
