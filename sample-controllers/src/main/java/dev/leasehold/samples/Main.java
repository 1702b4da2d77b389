package dev.leasehold.samples;

import dev.leasehold.samples.cli.SamplesCommand;
import dev.leasehold.samples.demo.DemoCommand;

/** What {@code java -jar sample-controllers.jar} runs. */
public final class Main {

  private Main() {}

  /**
   * Runs a command and ends the process: with 0, 2 for wrong usage, 1 for other failures.
   *
   * @param arguments the command line
   */
  public static void main(String... arguments) {
    System.exit(SamplesCommand.commandLine(new DemoCommand()).execute(arguments));
  }
}
