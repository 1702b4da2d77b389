package dev.leasehold.samples.webpage;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;

/** The definition of {@link WebPage} for the API server. */
public final class WebPageDefinition {

  private WebPageDefinition() {}

  /** A new copy of the definition. */
  public static CustomResourceDefinition load() {
    return Definition.load("webpages.yaml");
  }
}
