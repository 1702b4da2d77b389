package dev.leasehold.samples.webpage;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The samples' definitions of resource types, as they are in the jar. */
public final class Definition {

  private static final String FOLDER = "/dev/leasehold/samples/crds/";

  private Definition() {}

  /**
   * A new copy of a definition.
   *
   * @param file the file's name
   * @throws IllegalStateException if there is no such file
   */
  public static CustomResourceDefinition load(String file) {
    try (InputStream yaml = Definition.class.getResourceAsStream(FOLDER + file)) {
      if (yaml == null) {
        throw new IllegalStateException("The jar lacks " + file + ".");
      }
      return new KubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
