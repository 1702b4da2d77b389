package dev.leasehold.samples.cli;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Applies the samples' custom resource definitions. Used by one thread. */
@Command(
    name = "install",
    description =
        "Make the samples' resource types known to the cluster, or bring them up to date.")
final class InstallCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Override
  public Integer call() throws InterruptedException {
    try (KubernetesClient client = cluster.connect()) {
      ResourceTypes types = new ResourceTypes(client);
      PrintWriter out = spec.commandLine().getOut();
      for (CustomResourceDefinition type : ResourceTypes.ofSamples()) {
        boolean changed = types.install(type);
        out.printf(
            "%s %s%n",
            type.getMetadata().getName(), changed ? "is installed." : "was installed already.");
      }
      out.flush();
    }
    return ExitCode.OK;
  }
}
