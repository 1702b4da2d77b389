package dev.leasehold.samples.cli;

import dev.leasehold.claim.Deposed;
import dev.leasehold.controller.Controller;
import dev.leasehold.controller.ControllerManager;
import dev.leasehold.controller.ManagerBuilder;
import dev.leasehold.election.Timings;
import dev.leasehold.samples.trace.Trace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs one replica of the sample controllers. Used by one thread. */
@Command(
    name = "replica",
    description = "Run one replica until SIGTERM or SIGINT, then hand everything over.",
    sortOptions = false,
    showDefaultValues = true)
final class ReplicaCommand implements Callable<Integer> {

  private static final int DEFAULT_BUCKETS = 8;
  private static final String METRICS_TYPE = "text/plain; version=0.0.4";

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
      description = "Where the Leases and the resources are. Default: the context's namespace.")
  private @Nullable String namespace;

  @Option(
      names = "--identity",
      paramLabel = "NAME",
      description =
          "This replica's name, before eight hex digits that are new at each start. Default: the pod's or host's.")
  private @Nullable String identity;

  @Option(
      names = "--buckets",
      paramLabel = "CONTROLLER=COUNT",
      split = ",",
      converter = BucketCount.Converter.class,
      description = "Buckets of a controller, 1 to 4096; 8 by default.")
  private List<BucketCount> buckets = List.of();

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "Serves /livez, /readyz, /shards and /metrics; 0 takes a free one.")
  private int httpPort;

  @Option(
      names = "--http-address",
      paramLabel = "ADDRESS",
      defaultValue = "0.0.0.0",
      description = "The address that the port is opened on; probes of a pod need all of them.")
  private String httpAddress = "0.0.0.0";

  @Option(
      names = "--lease-duration",
      paramLabel = "TIME",
      defaultValue = "15s",
      converter = DurationConverter.class,
      description = "How long others respect this replica after its last sign of life.")
  private Duration leaseDuration = Duration.ZERO;

  @Option(
      names = "--renew-deadline",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long it leads after its last renewal; shorter than the lease duration.")
  private Duration renewDeadline = Duration.ZERO;

  @Option(
      names = "--retry-period",
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "How often it renews; shorter than the renew deadline.")
  private Duration retryPeriod = Duration.ZERO;

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
      names = "--workers",
      paramLabel = "COUNT",
      defaultValue = "4",
      description = "How many keys of a controller run at once.")
  private int workers;

  @Option(
      names = "--work-millis",
      paramLabel = "MILLIS",
      defaultValue = "0",
      description = "How long each reconcile takes, as if it had more to do.")
  private long workMillis;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Append a line of JSON for each bucket won or lost and each reconcile.")
  private @Nullable Path trace;

  @Override
  public Integer call() {
    try (KubernetesClient client = cluster.connect();
        Trace events = trace == null ? null : open(trace);
        ControllerManager manager = describe(client, events)) {
      manager.run();
    }
    return ExitCode.OK;
  }

  /** What makes no sense to the framework is wrong usage; all that comes later isn't. */
  private ControllerManager describe(KubernetesClient client, @Nullable Trace events) {
    try {
      Map<String, Integer> counts = counts();
      ManagerBuilder builder = managerBuilder(client);
      if (events != null) {
        builder.onReconcile(events).onShards(events);
      }
      ControllerManager manager = builder.build();
      for (String name : SampleController.names()) {
        register(
            manager,
            SampleController.make(
                name,
                new SampleController.Settings(
                    client,
                    namespaceOf(client),
                    counts.getOrDefault(name, DEFAULT_BUCKETS),
                    workers,
                    Duration.ofMillis(workMillis))));
      }
      return manager;
    } catch (IllegalArgumentException nonsense) {
      throw new ParameterException(
          spec.commandLine(), String.valueOf(nonsense.getMessage()), nonsense);
    }
  }

  private ManagerBuilder managerBuilder(KubernetesClient client) {
    if (workMillis < 0) {
      throw new IllegalArgumentException("--work-millis can't be negative.");
    }
    InetSocketAddress listen = new InetSocketAddress(httpAddress, 0);
    if (listen.isUnresolved()) {
      throw new IllegalArgumentException(
          "'%s' is no address of this machine.".formatted(httpAddress));
    }
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    ManagerBuilder builder =
        ControllerManager.builder(client)
            .component(component)
            .namespace(namespaceOf(client))
            .timings(new Timings(leaseDuration, renewDeadline, retryPeriod))
            .drainTimeout(drainTimeout)
            .settlingTime(settlingTime)
            .onDeposed(deposed)
            .shutdownTimeout(shutdownTimeout)
            .httpPort(httpPort)
            .http(new InetSocketAddress(listen.getAddress(), httpPort))
            .onHttp(this::tellAddress)
            .metrics(metrics)
            .page("/metrics", METRICS_TYPE, () -> metrics.scrape(METRICS_TYPE));
    return identity == null ? builder : builder.identity(identity);
  }

  private Map<String, Integer> counts() {
    Map<String, Integer> counts = new HashMap<>();
    for (BucketCount asked : buckets) {
      if (!SampleController.isKnown(asked.controller())) {
        throw new IllegalArgumentException(
            "There is no controller '%s' to have buckets; there is: %s."
                .formatted(asked.controller(), String.join(", ", SampleController.names())));
      }
      if (counts.put(asked.controller(), asked.count()) != null) {
        throw new IllegalArgumentException(
            "The buckets of '%s' are given twice.".formatted(asked.controller()));
      }
    }
    return counts;
  }

  private String namespaceOf(KubernetesClient client) {
    String own = namespace == null ? client.getNamespace() : namespace;
    return own == null ? "default" : own;
  }

  private void tellAddress(InetSocketAddress address) {
    boolean isAny = address.getAddress().isAnyLocalAddress();
    String host = isAny ? "127.0.0.1" : address.getAddress().getHostAddress();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "HTTP http://%s:%d%n", host.contains(":") ? "[" + host + "]" : host, address.getPort());
    out.flush();
  }

  private static <R extends HasMetadata> void register(
      ControllerManager manager, Controller<R> controller) {
    manager.register(controller);
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
