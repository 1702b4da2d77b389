package dev.leasehold.samples.webpage;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;

/**
 * The ConfigMap that a page asks for: its name, its owner, its content. Decides, and does nothing.
 */
final class PageConfigMap {

  /** The key of the page's HTML in the ConfigMap. */
  static final String KEY = "index.html";

  private static final String SUFFIX = "-html";
  private static final int MAX_NAME = 253;

  private final WebPage page;

  PageConfigMap(WebPage page) {
    this.page = page;
  }

  String name() {
    return nameOf(page.getMetadata().getName());
  }

  static String nameOf(String page) {
    return page + SUFFIX;
  }

  boolean nameIsTooLong() {
    return name().length() > MAX_NAME;
  }

  String complaintAboutName() {
    return "The name has %d characters, and its ConfigMap would be named %d longer: choose a name of at most %d."
        .formatted(
            page.getMetadata().getName().length(), SUFFIX.length(), MAX_NAME - SUFFIX.length());
  }

  String complaintAboutOwner() {
    return "There is a ConfigMap %s that no page of this name controls: delete it, or choose another name for the page."
        .formatted(name());
  }

  /** The ConfigMap as it is to be created. */
  ConfigMap fresh() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(page.getMetadata().getNamespace())
        .withName(name())
        .withOwnerReferences(owner())
        .endMetadata()
        .withData(content())
        .build();
  }

  /** An existing one as it is to be; its labels, annotations and other owners stay. */
  ConfigMap mended(ConfigMap existing) {
    return new ConfigMapBuilder(existing)
        .editMetadata()
        .removeMatchingFromOwnerReferences(owner -> Boolean.TRUE.equals(owner.getController()))
        .addToOwnerReferences(owner())
        .endMetadata()
        .withData(content())
        .build();
  }

  /** Whether an existing one is a page's of this name: of this page, or of an earlier one. */
  boolean mayBeWritten(ConfigMap existing) {
    return existing.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .anyMatch(
            owner ->
                owner.getKind().equals(page.getKind())
                    && owner.getApiVersion().startsWith(WebPage.GROUP + "/")
                    && owner.getName().equals(page.getMetadata().getName()));
  }

  /** Whether an existing one needs no write. */
  boolean isLike(ConfigMap existing) {
    return content().equals(existing.getData()) && isOwnerOf(existing);
  }

  private boolean isOwnerOf(HasMetadata existing) {
    return existing.getMetadata().getOwnerReferences().stream().anyMatch(owner()::equals);
  }

  private Map<String, String> content() {
    return Map.of(KEY, page.specOrEmpty().html());
  }

  private OwnerReference owner() {
    return new OwnerReferenceBuilder()
        .withApiVersion(page.getApiVersion())
        .withKind(page.getKind())
        .withName(page.getMetadata().getName())
        .withUid(page.getMetadata().getUid())
        .withController(true)
        .build();
  }
}
