package dev.leasehold.samples.cli;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program without a subcommand, and what all subcommands share. Used by one thread. */
@Command(
    name = "sample-controllers",
    description = "Kubernetes controllers whose work is spread over replicas, to try out.",
    mixinStandardHelpOptions = true,
    versionProvider = JarVersion.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ReplicaCommand.class,
      ElectorCommand.class,
      RegistryCommand.class,
      LeasesCommand.class,
      InstallCommand.class,
      UninstallCommand.class
    })
public final class SamplesCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where failures come from, here and in the log.")
  private boolean stackTraces;

  /**
   * A command line to be executed once; it throws nothing and ends nothing.
   *
   * @param more subcommands besides those of this package
   */
  public static CommandLine commandLine(Object... more) {
    SamplesCommand root = new SamplesCommand();
    Failures failures = new Failures(root);
    CommandLine commandLine = new CommandLine(root);
    for (Object command : more) {
      commandLine.addSubcommand(command);
    }
    return commandLine
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setExecutionStrategy(
            parsed -> {
              root.configureLog();
              return new RunLast().execute(parsed);
            });
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "A command is missing: choose one of %s, or see --help."
            .formatted(String.join(", ", spec.subcommands().keySet())));
  }

  boolean wantsStackTraces() {
    return stackTraces;
  }

  private void configureLog() {
    if (stackTraces && LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
      log.putProperty(CauseConverter.STACK_TRACES, "true");
    }
  }
}
