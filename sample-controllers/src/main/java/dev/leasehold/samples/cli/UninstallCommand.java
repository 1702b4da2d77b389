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

/** Removes the samples' custom resource definitions. Used by one thread. */
@Command(
    name = "uninstall",
    description = "Remove the samples' resource types, and with them all resources of these types.")
final class UninstallCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Override
  public Integer call() throws InterruptedException {
    try (KubernetesClient client = cluster.connect()) {
      ResourceTypes types = new ResourceTypes(client);
      PrintWriter out = spec.commandLine().getOut();
      for (CustomResourceDefinition type : ResourceTypes.ofSamples()) {
        boolean changed = types.uninstall(type);
        out.printf(
            "%s %s%n",
            type.getMetadata().getName(), changed ? "is removed." : "was not installed.");
      }
      out.flush();
    }
    return ExitCode.OK;
  }
}
