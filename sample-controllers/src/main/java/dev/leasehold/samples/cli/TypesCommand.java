package dev.leasehold.samples.cli;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Does something with each of the samples' custom resource definitions. Used by one thread. */
abstract class TypesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Override
  public final Integer call() throws InterruptedException {
    try (KubernetesClient client = cluster.connect()) {
      ResourceTypes types = new ResourceTypes(client);
      PrintWriter out = spec.commandLine().getOut();
      for (CustomResourceDefinition type : ResourceTypes.ofSamples()) {
        out.printf("%s %s%n", type.getMetadata().getName(), done(types, type));
      }
      out.flush();
    }
    return ExitCode.OK;
  }

  /**
   * Does it.
   *
   * @return what has become of the type, as the end of a sentence
   */
  abstract String done(ResourceTypes types, CustomResourceDefinition type)
      throws InterruptedException;
}
