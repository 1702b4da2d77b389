package dev.leasehold.samples.cli;

import dev.leasehold.controller.Controller;
import dev.leasehold.samples.webpage.WebPage;
import dev.leasehold.samples.webpage.WebPageReconciler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The controllers that a replica runs, by name. */
final class SampleController {

  private static final Map<String, Factory> ALL =
      new TreeMap<>(Map.of("webpage", SampleController::webPage));

  /** What a controller is to be like. */
  record Settings(
      KubernetesClient client, String namespace, int buckets, int workers, Duration work) {}

  private interface Factory {
    Controller<?> make(Settings settings);
  }

  private SampleController() {}

  static Iterable<String> names() {
    return ALL.keySet();
  }

  static boolean isKnown(String name) {
    return ALL.containsKey(name);
  }

  /**
   * Makes the controller of a known name.
   *
   * @throws IllegalArgumentException if the settings make no sense
   */
  static Controller<?> make(String name, Settings settings) {
    Factory factory = ALL.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "There is no controller '%s'; there is: %s.".formatted(name, String.join(", ", names())));
    }
    return factory.make(settings);
  }

  private static Controller<WebPage> webPage(Settings settings) {
    return Controller.of(WebPage.class)
        .buckets(settings.buckets())
        .workers(settings.workers())
        .namespaces(settings.namespace())
        .owns(ConfigMap.class)
        .reconciler(new WebPageReconciler(settings.client(), Clock.systemUTC(), settings.work()));
  }
}
