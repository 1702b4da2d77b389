package dev.leasehold.samples.cli;

import dev.leasehold.claim.Deposed;
import dev.leasehold.controller.ControllerManager;
import dev.leasehold.controller.ManagerBuilder;
import dev.leasehold.samples.trace.Trace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one replica of the sample controllers. Used by one thread. */
@Command(
    name = "replica",
    description = {
      "Run one replica until SIGTERM or SIGINT, then hand everything over.",
      "Its HTTP port answers /livez, /readyz, /shards, /metrics and, by the routes sample, /routes;",
      "at / it shows who leads what, live."
    },
    sortOptions = false,
    showDefaultValues = true)
final class ReplicaCommand implements Callable<Integer> {

  private static final String METRICS_TYPE = "text/plain; version=0.0.4";
  private static final String TEXT_TYPE = "text/plain";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--component",
      required = true,
      paramLabel = "NAME",
      description = "What all replicas have in common: the prefix of their Leases' names.")
  private String component = "";

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description =
          "Where the Leases and the resources are. Default: $POD_NAMESPACE, or the context's namespace.")
  private @Nullable String namespace;

  @Option(
      names = "--identity",
      paramLabel = "NAME",
      description =
          "This replica's name, before eight hex digits that are new at each start. Default: $POD_NAME, or the host's.")
  private @Nullable String identity;

  @Mixin private SampleOptions samples = new SampleOptions();
  @Mixin private HttpOptions http = new HttpOptions();
  @Mixin private ElectionOptions election = new ElectionOptions();

  @Option(
      names = "--drain-timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long keys of a bucket that moves may run before they are interrupted.")
  private Duration drainTimeout = Duration.ZERO;

  @Option(
      names = "--settling-time",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description = "How long no replica may have come or gone before shares are evened out.")
  private Duration settlingTime = Duration.ZERO;

  @Option(
      names = "--moves-at-once",
      paramLabel = "COUNT",
      defaultValue = "1",
      description = "How many buckets it moves at once to even out the shares.")
  private int movesAtOnce = 0;

  @Option(
      names = "--on-deposed",
      paramLabel = "POLICY",
      defaultValue = "REJOIN",
      description = "What it does after it has lost its membership: ${COMPLETION-CANDIDATES}.")
  private Deposed deposed = Deposed.REJOIN;

  @Option(
      names = "--shutdown-timeout",
      paramLabel = "TIME",
      defaultValue = "25s",
      converter = DurationConverter.class,
      description = "How long handing everything over may take at the end.")
  private Duration shutdownTimeout = Duration.ZERO;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Append a line of JSON for each bucket won or lost and each reconcile.")
  private @Nullable Path trace;

  @Override
  public Integer call() {
    try (KubernetesClient client = cluster.connect();
        Trace events = trace == null ? null : open(trace)) {
      List<Sample> chosen =
          Usage.checked(
              spec, () -> samples.make(client, Namespaces.own(namespace, System.getenv(), client)));
      try (ControllerManager manager = Usage.checked(spec, () -> manager(client, events, chosen))) {
        manager.run();
      }
    }
    return ExitCode.OK;
  }

  private ControllerManager manager(
      KubernetesClient client, @Nullable Trace events, List<Sample> chosen) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    ManagerBuilder builder =
        ControllerManager.builder(client)
            .component(component)
            .namespace(Namespaces.own(namespace, System.getenv(), client))
            .timings(election.timings())
            .drainTimeout(drainTimeout)
            .settlingTime(settlingTime)
            .movesAtOnce(movesAtOnce)
            .onDeposed(deposed)
            .shutdownTimeout(shutdownTimeout)
            .http(http.listen())
            .onHttp(bound -> HttpOptions.tell(bound, spec.commandLine().getOut()))
            .metrics(metrics)
            .page("/metrics", METRICS_TYPE, () -> metrics.scrape(METRICS_TYPE));
    if (identity != null) {
      builder.identity(identity);
    }
    if (events != null) {
      builder.onReconcile(events).onShards(events);
    }
    for (Sample sample : chosen) {
      sample.pages().forEach((path, text) -> builder.page(path, TEXT_TYPE, text));
    }
    ControllerManager manager = builder.build();
    chosen.forEach(sample -> manager.register(sample.controller()));
    return manager;
  }

  private static Trace open(Path file) {
    try {
      return Trace.appendTo(file);
    } catch (IOException refused) {
      throw new CommandFailure(
          "The trace %s can't be written: %s.".formatted(file, refused.getMessage()), refused);
    }
  }
}
