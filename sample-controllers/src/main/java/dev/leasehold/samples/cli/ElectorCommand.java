package dev.leasehold.samples.cli;

import dev.leasehold.admin.AdminServer;
import dev.leasehold.admin.Health;
import dev.leasehold.admin.ShardsPage;
import dev.leasehold.elector.LeaderElector;
import dev.leasehold.elector.LeaderElectorBuilder;
import dev.leasehold.elector.Lock;
import dev.leasehold.samples.plain.LeadingProgram;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a candidate of a plain election. Used by one thread. */
@Command(
    name = "elector",
    description = {
      "Wait to lead by one Lease, work while leading, exit with 1 when deposed.",
      "Its HTTP port answers /livez, /readyz and /leader."
    },
    sortOptions = false,
    showDefaultValues = true)
final class ElectorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--lease",
      required = true,
      paramLabel = "NAME",
      description = "The Lease's name; the same for all candidates.")
  private String lease = "";

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Where the Lease is. Default: $POD_NAMESPACE, or the context's namespace.")
  private @Nullable String namespace;

  @Option(
      names = "--identity",
      paramLabel = "NAME",
      description =
          "What the Lease shows as its holder; unique. Default: the host's name and eight hex digits.")
  private @Nullable String identity;

  @Mixin private HttpOptions http = new HttpOptions();
  @Mixin private ElectionOptions election = new ElectionOptions();

  @Override
  public Integer call() throws InterruptedException {
    LeadingProgram program = new LeadingProgram();
    try (KubernetesClient client = cluster.connect();
        // Health first: the probes are answered while this is still a candidate.
        AdminServer server = Usage.checked(spec, () -> serve(program))) {
      HttpOptions.tell(server.address(), spec.commandLine().getOut());
      program.run(Usage.checked(spec, () -> elector(client)), System::exit);
    }
    return ExitCode.OK;
  }

  private LeaderElectorBuilder elector(KubernetesClient client) {
    LeaderElectorBuilder elector =
        LeaderElector.of(Lock.lease(Namespaces.own(namespace, System.getenv(), client), lease))
            .client(client)
            .timings(election.timings());
    return identity == null ? elector : elector.identity(identity);
  }

  private AdminServer serve(LeadingProgram program) {
    Health well = new Health(List.of());
    ShardsPage none =
        new ShardsPage("", new ShardsPage.MemberPart(false, 0, BigInteger.ZERO), List.of());
    AdminServer server = AdminServer.start(http.listen(), () -> well, () -> well, () -> none);
    server.page("/leader", "text/plain", () -> program.state() + "\n");
    return server;
  }
}
