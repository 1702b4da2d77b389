package dev.leasehold.samples.cli;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.samples.demo.screen.TextTable;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows who leads what. Used by one thread. */
@Command(
    name = "leases",
    description = {
      "Show who leads which bucket of a component, under which epoch and since when.",
      "A bucket is led, draining, unled, or its holder is silent or dead; whether a holder is",
      "silent is judged by this machine's clock."
    },
    sortOptions = false,
    showDefaultValues = true)
final class LeasesCommand implements Callable<Integer> {

  private static final BucketRow DELETED = new BucketRow("", "", "", "deleted");

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--component",
      required = true,
      paramLabel = "NAME",
      description = "The prefix of the Leases' names.")
  private String component = "";

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Where the Leases are. Default: $POD_NAMESPACE, or the context's namespace.")
  private @Nullable String namespace;

  @Option(
      names = {"-w", "--watch"},
      description = "Go on with a line for each bucket that changes, until SIGTERM or SIGINT.")
  private boolean watch;

  @Override
  public Integer call() {
    LeaseNames names = names();
    try (KubernetesClient client = cluster.connect()) {
      String where = Namespaces.own(namespace, System.getenv(), client);
      var leases =
          client
              .leases()
              .inNamespace(where)
              .withLabelSelector(LeaseMetadata.selector(names.component()));
      // By a list of its own: a watch tries again, for ever, where this says what is wrong.
      SortedMap<Bucket, BucketRow> rows =
          BucketRow.of(leases.list().getItems(), names, Instant.now());
      if (rows.isEmpty() && !watch) {
        throw new CommandFailure(
            "There are no buckets of a component '%s' in the namespace '%s': check both names, and that a replica runs."
                .formatted(names.component(), where),
            null);
      }
      print(rows, new TreeMap<>(), true);
      if (watch) {
        follow(leases, names, rows);
      }
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  private LeaseNames names() {
    try {
      return LeaseNames.of(component);
    } catch (IllegalArgumentException nonsense) {
      throw new ParameterException(
          spec.commandLine(), String.valueOf(nonsense.getMessage()), nonsense);
    }
  }

  private void follow(
      FilterWatchListDeletable<Lease, LeaseList, Resource<Lease>> leases,
      LeaseNames names,
      SortedMap<Bucket, BucketRow> first)
      throws InterruptedException {
    Semaphore news = new Semaphore(0);
    SortedMap<Bucket, BucketRow> shown = first;
    boolean connected = true;
    try (SharedIndexInformer<Lease> informer = leases.runnableInformer(0)) {
      informer.addEventHandler(new News(news)).exceptionHandler((started, cause) -> true).start();
      while (!Thread.currentThread().isInterrupted()) {
        // Also without news: a holder that falls silent is none.
        boolean unused = news.tryAcquire(1, TimeUnit.SECONDS);
        news.drainPermits();
        if (connected && informer.hasSynced() && !informer.isWatching()) {
          spec.commandLine().getErr().println("The watch is broken; it is tried again.");
          spec.commandLine().getErr().flush();
        }
        connected = informer.isWatching() || !informer.hasSynced();
        if (informer.isWatching()) {
          SortedMap<Bucket, BucketRow> now =
              BucketRow.of(informer.getStore().list(), names, Instant.now());
          print(now, shown, false);
          shown = now;
        }
      }
    }
  }

  /** Prints the rows that are not as they were. */
  private void print(
      SortedMap<Bucket, BucketRow> rows, Map<Bucket, BucketRow> shown, boolean withHead) {
    SortedMap<Bucket, BucketRow> all = new TreeMap<>(rows);
    shown.keySet().forEach(bucket -> all.putIfAbsent(bucket, DELETED));
    TextTable table = new TextTable("BUCKET", "HOLDER", "EPOCH", "SINCE", "STATE");
    List<Boolean> changed = new ArrayList<>(List.of(withHead));
    all.forEach(
        (bucket, row) -> {
          table.add(bucket.toString(), row.holder(), row.epoch(), row.since(), row.state());
          changed.add(!row.equals(shown.get(bucket)));
        });
    PrintWriter out = spec.commandLine().getOut();
    List<String> lines = table.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (changed.get(i)) {
        out.println(lines.get(i));
      }
    }
    out.flush();
  }

  /** Tells that something has happened; the store knows what. */
  private record News(Semaphore news) implements ResourceEventHandler<Lease> {

    @Override
    public void onAdd(Lease lease) {
      news.release();
    }

    @Override
    public void onUpdate(Lease before, Lease after) {
      news.release();
    }

    @Override
    public void onDelete(Lease lease, boolean finalStateUnknown) {
      news.release();
    }
  }
}
