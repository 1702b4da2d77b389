package dev.leasehold.samples.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Tells wrong usage from what goes wrong later. */
final class Usage {

  private Usage() {}

  /**
   * Makes something of a command's options.
   *
   * @throws ParameterException if they make no sense to the framework, with its sentence
   */
  static <T> T checked(CommandSpec spec, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException nonsense) {
      throw new ParameterException(
          spec.commandLine(), String.valueOf(nonsense.getMessage()), nonsense);
    }
  }
}
