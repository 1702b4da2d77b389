package dev.leasehold.samples.webpage;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;

/** The ConfigMap with a page's HTML. */
final class PageConfigMap implements Part<ConfigMap> {

  /** The key of the page's HTML in the ConfigMap. */
  static final String KEY = "index.html";

  private static final String SUFFIX = "-html";
  private static final int MAX_NAME = 253;

  private final WebPage page;
  private final PageOwner owner;

  PageConfigMap(WebPage page) {
    this.page = page;
    this.owner = new PageOwner(page);
  }

  static String nameOf(WebPage page) {
    return page.getMetadata().getName() + SUFFIX;
  }

  /** What is wrong with the page's name; empty if nothing is. */
  String complaint() {
    int length = page.getMetadata().getName().length();
    int most = MAX_NAME - SUFFIX.length();
    return length <= most
        ? ""
        : "The name has %d characters, and its ConfigMap would be named %d longer: choose a name of at most %d."
            .formatted(length, SUFFIX.length(), most);
  }

  @Override
  public Class<ConfigMap> type() {
    return ConfigMap.class;
  }

  @Override
  public String name() {
    return nameOf(page);
  }

  @Override
  public ConfigMap fresh() {
    return new ConfigMapBuilder().withMetadata(owner.metadata(name())).withData(content()).build();
  }

  @Override
  public ConfigMap mended(ConfigMap existing) {
    return new ConfigMapBuilder(existing)
        .withMetadata(owner.adopted(existing.getMetadata()))
        .withData(content())
        .build();
  }

  @Override
  public boolean isLike(ConfigMap existing) {
    return content().equals(existing.getData()) && owner.owns(existing);
  }

  private Map<String, String> content() {
    return Map.of(KEY, page.specOrEmpty().html());
  }
}
