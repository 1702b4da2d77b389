package dev.leasehold.samples.cli;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import picocli.CommandLine.Command;

/** Applies the samples' custom resource definitions. Used by one thread. */
@Command(
    name = "install",
    description =
        "Make the samples' resource types known to the cluster, or bring them up to date.")
final class InstallCommand extends TypesCommand {

  @Override
  String done(ResourceTypes types, CustomResourceDefinition type) throws InterruptedException {
    return types.install(type) ? "is installed." : "was installed already.";
  }
}
