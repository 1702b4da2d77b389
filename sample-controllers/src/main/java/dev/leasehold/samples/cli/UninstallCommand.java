package dev.leasehold.samples.cli;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import picocli.CommandLine.Command;

/** Removes the samples' custom resource definitions. Used by one thread. */
@Command(
    name = "uninstall",
    description = "Remove the samples' resource types, and with them all resources of these types.")
final class UninstallCommand extends TypesCommand {

  @Override
  String done(ResourceTypes types, CustomResourceDefinition type) throws InterruptedException {
    return types.uninstall(type) ? "is removed." : "was not installed.";
  }
}
