package dev.leasehold.samples.cli;

import dev.leasehold.samples.registry.RegistryServer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the registry that the publisher publishes to. Used by one thread. */
@Command(
    name = "registry",
    description = "Run the registry that the publisher writes to; it refuses late writes.",
    sortOptions = false,
    showDefaultValues = true)
final class RegistryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private HttpOptions http = new HttpOptions();

  @Option(
      names = "--folder",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the entries are kept; made if it isn't there.")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    try (RegistryServer server = RegistryServer.start(http.listen(), folder)) {
      HttpOptions.tell(server.address(), spec.commandLine().getOut());
      // A signal ends it; every answered write is on the disk.
      new CountDownLatch(1).await();
    } catch (IllegalArgumentException nonsense) {
      throw new ParameterException(
          spec.commandLine(), String.valueOf(nonsense.getMessage()), nonsense);
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }
}
