package dev.leasehold.samples.cli;

import dev.leasehold.election.Timings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The periods of an election. To be mixed into a command. Used by one thread. */
final class ElectionOptions {

  @Option(
      names = "--lease-duration",
      paramLabel = "TIME",
      defaultValue = "15s",
      converter = DurationConverter.class,
      description = "How long others respect this replica after its last sign of life.")
  private Duration leaseDuration = Duration.ZERO;

  @Option(
      names = "--renew-deadline",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "How long it leads after its last renewal; shorter than the lease duration.")
  private Duration renewDeadline = Duration.ZERO;

  @Option(
      names = "--retry-period",
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "How often it renews; shorter than the renew deadline.")
  private Duration retryPeriod = Duration.ZERO;

  /**
   * The periods.
   *
   * @throws IllegalArgumentException with a sentence if they make no sense together
   */
  Timings timings() {
    return new Timings(leaseDuration, renewDeadline, retryPeriod);
  }
}
