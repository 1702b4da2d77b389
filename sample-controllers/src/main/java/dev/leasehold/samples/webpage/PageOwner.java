package dev.leasehold.samples.webpage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/**
 * A page as the owner of other objects. Decides, and does nothing.
 *
 * @param page the page
 */
record PageOwner(WebPage page) {

  /** The metadata of a new object. */
  ObjectMeta metadata(String name) {
    return new ObjectMetaBuilder()
        .withNamespace(page.getMetadata().getNamespace())
        .withName(name)
        .withOwnerReferences(reference())
        .build();
  }

  /** The metadata of an existing object: labels, annotations and other owners stay. */
  ObjectMeta adopted(ObjectMeta existing) {
    return new ObjectMetaBuilder(existing)
        .removeMatchingFromOwnerReferences(owner -> Boolean.TRUE.equals(owner.getController()))
        .addToOwnerReferences(reference())
        .build();
  }

  /** Whether an existing object is a page's of this name: of this page, or of an earlier one. */
  boolean mayWrite(HasMetadata existing) {
    return existing.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .anyMatch(
            owner ->
                owner.getKind().equals(page.getKind())
                    && owner.getApiVersion().startsWith(WebPage.GROUP + "/")
                    && owner.getName().equals(page.getMetadata().getName()));
  }

  /** Whether this very page owns an existing object. */
  boolean owns(HasMetadata existing) {
    return existing.getMetadata().getOwnerReferences().stream().anyMatch(reference()::equals);
  }

  private OwnerReference reference() {
    return new OwnerReferenceBuilder()
        .withApiVersion(page.getApiVersion())
        .withKind(page.getKind())
        .withName(page.getMetadata().getName())
        .withUid(page.getMetadata().getUid())
        .withController(true)
        .build();
  }
}
