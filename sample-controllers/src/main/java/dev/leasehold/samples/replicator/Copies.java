package dev.leasehold.samples.replicator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is copied, and what a copy looks like. Decides, and does nothing.
 *
 * @param home the namespace of the sources
 */
record Copies(String home) {

  /** The label that asks for copies, with the value {@code true}. */
  static final String ASKS = "samples.leasehold.dev/replicate";

  /** The label on a copy: the namespace of its source, which has the same name. */
  static final String FROM = "samples.leasehold.dev/copied-from";

  /** The annotation on a source: the namespaces in which its copy is in step. */
  static final String INTO = "samples.leasehold.dev/copied-into";

  /** Whether a ConfigMap asks for copies. */
  boolean isSource(ConfigMap map) {
    return home.equals(map.getMetadata().getNamespace()) && "true".equals(label(map, ASKS));
  }

  /** Whether a ConfigMap was made here, so that it may be written and deleted here. */
  boolean isCopy(ConfigMap map) {
    return home.equals(label(map, FROM));
  }

  /** The copy of a source as it is to be. */
  ConfigMap wanted(ConfigMap source, String namespace) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(source.getMetadata().getName())
        .addToLabels(FROM, home)
        .endMetadata()
        .withData(source.getData())
        .withBinaryData(source.getBinaryData())
        .build();
  }

  /** An existing copy as it is to be; its other labels and its annotations stay. */
  ConfigMap mended(ConfigMap copy, ConfigMap source) {
    return new ConfigMapBuilder(copy)
        .withData(source.getData())
        .withBinaryData(source.getBinaryData())
        .build();
  }

  /** A source with the namespaces named in which its copy is in step. */
  ConfigMap told(ConfigMap source, String inStep) {
    return new ConfigMapBuilder(source)
        .editMetadata()
        .addToAnnotations(INTO, inStep)
        .endMetadata()
        .build();
  }

  /** Whether a source tells that already. */
  boolean tells(ConfigMap source, String inStep) {
    Map<String, String> annotations = source.getMetadata().getAnnotations();
    return annotations != null && inStep.equals(annotations.get(INTO));
  }

  /** Whether a copy needs no write. */
  boolean isInStep(ConfigMap copy, ConfigMap source) {
    return content(copy.getData()).equals(content(source.getData()))
        && content(copy.getBinaryData()).equals(content(source.getBinaryData()));
  }

  private static String label(ConfigMap map, String name) {
    Map<String, String> labels = map.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(name, "");
  }

  private static Map<String, String> content(@Nullable Map<String, String> data) {
    return data == null ? Map.of() : data;
  }
}
