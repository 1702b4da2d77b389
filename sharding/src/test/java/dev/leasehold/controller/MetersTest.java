package dev.leasehold.controller;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.claim.ChangeOfHands;
import dev.leasehold.claim.CloseCause;
import dev.leasehold.election.EndCause;
import dev.leasehold.metrics.Metric;
import dev.leasehold.metrics.MetricKind;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.queue.Lane;
import dev.leasehold.time.Clocks;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked // The client is injected.
@EnableKubernetesMockClient
class MetersTest {

  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+?)(\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"[^\"]*\"");
  private static final Bucket BUCKET = new Bucket("configmap", 1, 2);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  KubernetesClient client;
  private Meters meters;
  private ControllerMeters counted;
  private Informers informers;
  private ControllerRuntime<ConfigMap> runtime;
  private Replica replica;

  @BeforeEach
  void showAReplicaThatHasNotBeenStarted() {
    meters = new Meters(registry, true);
    counted = meters.add("configmap", ReconcileListener.NONE);
    informers = new Informers(client);
    BucketSet layout = BucketSet.of("configmap", 2, KeyHash.NAME);
    Controller<ConfigMap> controller =
        Controller.of(ConfigMap.class).buckets(2).reconciler(request -> Result.done());
    runtime =
        ControllerRuntime.of(
            controller,
            layout,
            new ControllerPorts(
                Writes.once(client),
                informers,
                Clocks.system(),
                "shop.configmap",
                counted,
                counted));
    ManagerOptions options =
        ControllerManager.builder(client).component("shop").identity("r1").options();
    replica =
        new Replica(
            client,
            options,
            LeaseNames.of("shop"),
            Map.of(layout.buckets(), runtime),
            Clocks.system(),
            meters.shards());
    meters.show(replica, LeaseNames.of("shop"), List.of(layout.buckets()));
    meters.show(runtime);
  }

  @AfterEach
  void close() {
    replica.close();
    informers.close();
  }

  @Test
  void whatIsScrapedIsTheCatalogueNoMoreAndNoLess() {
    assertThat(scrapedTypes())
        .containsExactlyInAnyOrderEntriesOf(
            Stream.of(Metric.values())
                .collect(toMap(Metric::prometheusName, metric -> metric.kind().prometheusType())));
  }

  @Test
  void eachHasTheLabelsOfTheCatalogueAndNoOthers() {
    Map<String, Set<String>> labels = scrapedLabels();
    for (Metric metric : Metric.values()) {
      String sample = metric.prometheusName() + (metric.kind() == MetricKind.TIMER ? "_count" : "");
      assertThat(labels.get(sample))
          .as(sample)
          .containsExactlyInAnyOrderElementsOf(metric.labels());
    }
  }

  @Test
  void bucketsAreShownOnlyOnRequest() {
    assertThat(registry.scrape()).contains("name=\"shop.configmap.01-of-02\"");
    meters.close();
    Meters coarse = new Meters(registry, false);
    coarse.add("configmap", ReconcileListener.NONE);
    coarse.show(replica, LeaseNames.of("shop"), List.of(List.of(BUCKET)));
    coarse.show(runtime);
    assertThat(registry.scrape())
        .doesNotContain("of-02")
        .doesNotContain(Metric.BUCKET_KEYS.prometheusName())
        .contains("leader_election_master_status{name=\"shop\"} 0");
  }

  @Test
  void aClosedManagerLeavesNothingInTheRegistry() {
    meters.close();
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void runsAreCountedAsControllerRuntimeDoes() {
    Run run = new Run("a_1", BUCKET, 7, new ResourceKey("default", "a"), 1, Lane.LIVE);
    for (Run.Outcome outcome : Run.Outcome.values()) {
      counted.ended(run, outcome, null);
    }
    assertThat(results())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "success", 1.0, "requeue_after", 1.0, "requeue", 1.0, "error", 3.0, "lost", 1.0));
    assertThat(count(Metric.RECONCILE_ERRORS)).isEqualTo(3);
    assertThat(count(Metric.TERMINAL_ERRORS)).isEqualTo(1);
    assertThat(count(Metric.WORKQUEUE_RETRIES)).isEqualTo(3);
  }

  @Test
  void refusedWritesAndRefusedPermitsAreCounted() {
    counted.count(Occurrence.WRITE_REFUSED);
    counted.count(Occurrence.PERMIT_REFUSED);
    counted.count(Occurrence.PERMIT_REFUSED);
    assertThat(count(Metric.WRITES, "outcome", "refused")).isEqualTo(1);
    assertThat(count(Metric.WRITES, "outcome", "done")).isZero();
    // What is read must outlive a collection of garbage.
    System.gc();
    assertThat(find(Metric.PERMITS_REFUSED).functionCounter().count()).isEqualTo(2);
  }

  @Test
  void aHandOverIsTimedInItsPartsAndCountedByItsReason() {
    meters.shards().changedHands(change(ChangeOfHands.Reason.LEAVE, Duration.ofMillis(30)));
    meters.shards().changedHands(change(ChangeOfHands.Reason.CRASH, Duration.ZERO));
    assertThat(count(Metric.EPOCH_CHANGES, "cause", "leave")).isEqualTo(1);
    assertThat(count(Metric.EPOCH_CHANGES, "cause", "crash")).isEqualTo(1);
    // Who takes a bucket of the dead has drained nothing.
    assertThat(find(Metric.HANDOVER, "part", "drain").timer().count()).isEqualTo(1);
    assertThat(find(Metric.HANDOVER, "part", "write").timer().count()).isEqualTo(2);
  }

  @Test
  void aLeaseThatSomebodyEditedIsAClosingAndANewEpoch() {
    meters.shards().demoted(BUCKET, new FakeTerm(7), CloseCause.EDITED);
    meters.shards().demoted(BUCKET, new FakeTerm(7), CloseCause.HAND_OVER);
    assertThat(count(Metric.EPOCH_CHANGES, "cause", "edited")).isEqualTo(1);
    assertThat(count(Metric.CLOSINGS, "cause", "edited")).isEqualTo(1);
    assertThat(count(Metric.CLOSINGS, "cause", "hand_over")).isEqualTo(1);
  }

  @Test
  void onlyATermThatWasNotGivenUpIsLost() {
    meters.shards().left(new FakeTerm(7), EndCause.RESIGNED);
    assertThat(registry.get(Metric.TERMS_LOST.meter()).counter().count()).isZero();
    meters.shards().left(new FakeTerm(7), EndCause.EXPIRED);
    assertThat(registry.get(Metric.TERMS_LOST.meter()).counter().count()).isEqualTo(1);
  }

  private static ChangeOfHands change(ChangeOfHands.Reason reason, Duration drain) {
    return new ChangeOfHands(
        BUCKET,
        "a_1",
        "b_2",
        reason,
        8,
        "uid",
        Duration.ZERO,
        drain,
        Duration.ofMillis(5),
        Duration.ofMillis(2));
  }

  private Map<String, String> scrapedTypes() {
    return TYPE.matcher(registry.scrape())
        .results()
        // The greatest of late, which Micrometer adds to each histogram.
        .filter(line -> !line.group(1).endsWith("_seconds_max"))
        .collect(toMap(line -> line.group(1), line -> line.group(2)));
  }

  private Map<String, Set<String>> scrapedLabels() {
    Map<String, Set<String>> labels = new HashMap<>();
    SAMPLE
        .matcher(registry.scrape())
        .results()
        .forEach(
            sample ->
                labels
                    .computeIfAbsent(sample.group(1), name -> new HashSet<>())
                    .addAll(labelsOf(sample)));
    return labels;
  }

  private static Set<String> labelsOf(MatchResult sample) {
    return sample.group(3) == null
        ? Set.of()
        : LABEL.matcher(sample.group(3)).results().map(label -> label.group(1)).collect(toSet());
  }

  private Map<String, Double> results() {
    return registry.get(Metric.RECONCILES.meter()).counters().stream()
        .collect(toMap(one -> one.getId().getTag("result"), one -> one.count()));
  }

  private double count(Metric metric, String... tags) {
    return find(metric, tags).counter().count();
  }

  private RequiredSearch find(Metric metric, String... tags) {
    return registry.get(metric.meter()).tag(metric.labels().get(0), "configmap").tags(tags);
  }
}
