package dev.leasehold.samples.webpage;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The definition of {@link WebPage} for the API server. */
public final class WebPageDefinition {

  private static final String FILE = "webpage-crd.yaml";

  private WebPageDefinition() {}

  /** A new copy of the definition. */
  public static CustomResourceDefinition load() {
    try (InputStream yaml = WebPageDefinition.class.getResourceAsStream(FILE)) {
      if (yaml == null) {
        throw new IllegalStateException("The jar lacks " + FILE + ".");
      }
      return new KubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
