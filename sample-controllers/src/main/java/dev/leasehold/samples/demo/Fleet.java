package dev.leasehold.samples.demo;

import dev.leasehold.samples.cli.CommandFailure;
import dev.leasehold.samples.demo.check.ProcessTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All replicas that the demo has started. Thread-safe. */
final class Fleet implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(4);
  private static final int LAST_LINES = 10;

  private final List<String> options;
  private final Path folder;
  private final List<ReplicaProcess> all = new CopyOnWriteArrayList<>();

  /**
   * A fleet of nobody.
   *
   * @param options of the {@code replica} command
   * @param folder for logs and traces
   */
  Fleet(List<String> options, Path folder) {
    this.options = List.copyOf(options);
    this.folder = folder;
  }

  /** Starts the next replica. */
  synchronized ReplicaProcess startOne() {
    ReplicaProcess replica = ReplicaProcess.start("replica-" + (all.size() + 1), options, folder);
    all.add(replica);
    return replica;
  }

  /** The replicas whose processes run. */
  List<ReplicaProcess> alive() {
    return all.stream().filter(ReplicaProcess::isAlive).toList();
  }

  /**
   * Looks whether a replica has ended by itself.
   *
   * @throws CommandFailure if so; it shows the end of its log
   */
  void requireAllWell() {
    for (ReplicaProcess replica : all) {
      if (replica.diedUnasked()) {
        throw new CommandFailure(
            "%s has ended by itself. Its log %s ends with:%n%s"
                .formatted(replica.name(), replica.log(), lastLines(replica.log())),
            null);
      }
    }
  }

  /** What all have traced. */
  List<ProcessTrace> traces() throws IOException {
    List<ProcessTrace> traces = new ArrayList<>();
    for (ReplicaProcess replica : all) {
      traces.add(replica.trace());
    }
    return traces;
  }

  /** Asks all to leave, and ends those that don't. */
  @Override
  public void close() {
    List<ReplicaProcess> left = alive();
    left.forEach(ReplicaProcess::askToLeave);
    try {
      for (ReplicaProcess replica : left) {
        var unused = replica.exitCode(GRACE);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ReplicaProcess::end);
  }

  private static String lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException unreadable) {
      return "(it can't be read: " + unreadable + ")";
    }
  }
}
