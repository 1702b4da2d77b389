package dev.leasehold.simulation;

import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.LongStream;

/** Many random schedules, on all cores. */
final class Schedules {

  private final long first;
  private final long count;
  private final Coverage coverage = new Coverage();
  private final ConcurrentSkipListSet<Failure> failures =
      new ConcurrentSkipListSet<>(Comparator.comparingLong(Failure::seed));
  private long events;
  private long run;

  /** A schedule in which a promise was broken. */
  record Failure(long seed, String what) {}

  Schedules(long first, long count) {
    this.first = first;
    this.count = count;
  }

  /** Runs them all, failing ones included. */
  Schedules run() {
    LongStream.range(first, first + count).parallel().forEach(this::run);
    return this;
  }

  private void run(long seed) {
    Report report = Simulation.random(seed).run();
    Violation violation = report.violation();
    if (violation != null) {
      failures.add(new Failure(seed, String.valueOf(violation.getMessage())));
    }
    synchronized (coverage) {
      coverage.add(report.coverage());
      events += report.events();
      run++;
    }
  }

  Coverage coverage() {
    return coverage;
  }

  /** How many have run. */
  long count() {
    return run;
  }

  /** The failure with the smallest seed. */
  Optional<Failure> firstFailure() {
    return failures.isEmpty() ? Optional.empty() : Optional.of(failures.first());
  }

  /** What to say of the failures: each seed, and how to replay it. */
  String complaint() {
    StringBuilder text = new StringBuilder();
    failures.stream()
        .limit(20)
        .forEach(failure -> text.append("%n%s".formatted(complaint(failure))));
    return "%d of %d schedules failed:%s".formatted(failures.size(), run, text);
  }

  private static String complaint(Failure failure) {
    return "seed %d: %s%n  replay: mvn -pl sharding -am test -Dtest=Replay -Dleasehold.simulation.seed=%d -Dsurefire.failIfNoSpecifiedTests=false"
        .formatted(failure.seed(), failure.what(), failure.seed());
  }

  @Override
  public String toString() {
    return "%d schedules, seeds %d to %d, %d events, %d failures"
        .formatted(run, first, first + count - 1, events, failures.size());
  }
}
