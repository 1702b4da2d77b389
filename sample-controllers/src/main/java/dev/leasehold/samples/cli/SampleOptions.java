package dev.leasehold.samples.cli;

import dev.leasehold.samples.webpage.Chore;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which samples a replica runs, and what each needs. To be mixed into a command. One thread. */
final class SampleOptions {

  @Option(
      names = "--controllers",
      paramLabel = "NAME",
      split = ",",
      description =
          "The samples to run: publisher, replicator, routes, webpage; all of them by default.")
  private List<String> controllers = List.of();

  @Option(
      names = "--buckets",
      paramLabel = "CONTROLLER=COUNT",
      split = ",",
      converter = BucketCount.Converter.class,
      description =
          "Buckets of a controller, 1 to 4096; by default webpage has 8, publisher 4, others 1.")
  private List<BucketCount> buckets = List.of();

  @Option(
      names = "--workers",
      paramLabel = "COUNT",
      defaultValue = "4",
      description = "How many keys of a controller run at once.")
  private int workers;

  @Option(
      names = "--work-millis",
      paramLabel = "MILLIS",
      defaultValue = "0",
      description = "How long each reconcile of a page takes, as if it had more to do.")
  private long workMillis;

  @Option(
      names = "--stubborn-work",
      description = "That work goes on when it is interrupted, as work that can't be stopped.")
  private boolean stubbornWork;

  @Option(
      names = "--copy-into",
      paramLabel = "NAMESPACE",
      split = ",",
      description = "Where the replicator copies labelled ConfigMaps to; nowhere by default.")
  private Set<String> copyInto = Set.of();

  @Option(
      names = "--registry",
      paramLabel = "URL",
      defaultValue = "http://registry:8090",
      description = "Where the publisher publishes labelled Services.")
  private URI registry = URI.create("http://registry:8090");

  @Option(
      names = "--page-image",
      paramLabel = "IMAGE",
      defaultValue = "busybox:1.37",
      description = "What serves the pages that ask for servers; it needs httpd.")
  private String pageImage = "busybox:1.37";

  /**
   * Makes the samples that are asked for.
   *
   * @param client the cluster; left open
   * @param namespace where the resources are
   * @throws IllegalArgumentException with a sentence if something makes no sense
   */
  List<Sample> make(KubernetesClient client, String namespace) {
    if (workMillis < 0) {
      throw new IllegalArgumentException("--work-millis can't be negative.");
    }
    if (registry.getHost() == null) {
      throw new IllegalArgumentException(
          "'%s' is no address of a registry; write http://registry:8090, for example."
              .formatted(registry));
    }
    Map<SampleController, Integer> counts = counts();
    List<Sample> samples = new ArrayList<>();
    for (SampleController chosen : chosen()) {
      samples.add(
          chosen.make(
              new SampleController.Settings(
                  client,
                  namespace,
                  counts.getOrDefault(chosen, chosen.defaultBuckets()),
                  workers,
                  new Chore(Duration.ofMillis(workMillis), stubbornWork),
                  copyInto,
                  registry,
                  pageImage)));
    }
    return samples;
  }

  private Set<SampleController> chosen() {
    if (controllers.isEmpty()) {
      return new LinkedHashSet<>(List.of(SampleController.values()));
    }
    Set<SampleController> chosen = new LinkedHashSet<>();
    for (String name : controllers) {
      chosen.add(
          SampleController.named(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "There is no controller '%s'; there is: %s."
                              .formatted(name, SampleController.names()))));
    }
    return chosen;
  }

  private Map<SampleController, Integer> counts() {
    Map<SampleController, Integer> counts = new HashMap<>();
    for (BucketCount asked : buckets) {
      SampleController controller =
          SampleController.named(asked.controller())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "There is no controller '%s' to have buckets; there is: %s."
                              .formatted(asked.controller(), SampleController.names())));
      if (counts.put(controller, asked.count()) != null) {
        throw new IllegalArgumentException(
            "The buckets of '%s' are given twice.".formatted(asked.controller()));
      }
    }
    return counts;
  }
}
