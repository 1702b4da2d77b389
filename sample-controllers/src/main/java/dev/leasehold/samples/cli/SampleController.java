package dev.leasehold.samples.cli;

import dev.leasehold.samples.publisher.Publisher;
import dev.leasehold.samples.replicator.Replicator;
import dev.leasehold.samples.routes.RouteSummary;
import dev.leasehold.samples.routes.RoutesView;
import dev.leasehold.samples.webpage.Chore;
import dev.leasehold.samples.webpage.WebPageReconciler;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The samples that a replica can run. */
enum SampleController {
  PUBLISHER(4),
  REPLICATOR(1),
  ROUTES(1),
  WEBPAGE(8);

  private final int defaultBuckets;

  /** What a sample is to be like. */
  record Settings(
      KubernetesClient client,
      String namespace,
      int buckets,
      int workers,
      Chore chore,
      Set<String> copyInto,
      URI registry,
      String pageImage) {}

  SampleController(int defaultBuckets) {
    this.defaultBuckets = defaultBuckets;
  }

  static Optional<SampleController> named(String name) {
    return Arrays.stream(values()).filter(one -> one.label().equals(name)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(SampleController::label).collect(Collectors.joining(", "));
  }

  /** The name of its controller. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  int defaultBuckets() {
    return defaultBuckets;
  }

  /**
   * Makes it.
   *
   * @throws IllegalArgumentException if the settings make no sense
   */
  Sample make(Settings settings) {
    return switch (this) {
      case PUBLISHER -> publisher(settings);
      case REPLICATOR -> replicator(settings);
      case ROUTES -> routes(settings);
      case WEBPAGE -> webPage(settings);
    };
  }

  private static Sample publisher(Settings settings) {
    return Sample.of(
        Publisher.controller(
            settings.namespace(), settings.registry(), settings.buckets(), settings.workers()));
  }

  private static Sample replicator(Settings settings) {
    return Sample.of(
        Replicator.controller(
            settings.client(),
            settings.namespace(),
            settings.copyInto(),
            settings.buckets(),
            settings.workers()));
  }

  private static Sample routes(Settings settings) {
    RoutesView view = new RoutesView();
    return new Sample(
        RouteSummary.controller(settings.namespace(), view, settings.buckets(), settings.workers()),
        Map.of("/routes", view::text));
  }

  private static Sample webPage(Settings settings) {
    return Sample.of(
        new WebPageReconciler(
                settings.client(), Clock.systemUTC(), settings.chore(), settings.pageImage())
            .controller(settings.namespace(), settings.buckets(), settings.workers()));
  }
}
