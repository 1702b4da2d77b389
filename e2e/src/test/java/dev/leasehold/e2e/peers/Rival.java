package dev.leasehold.e2e.peers;

import static org.awaitility.Awaitility.await;

import dev.leasehold.e2e.peers.Clash.Span;
import dev.leasehold.e2e.replica.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A contestant's process, from outside. Used by one thread. */
final class Rival implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path trace;
  private final List<Span> freezes = new ArrayList<>();
  private long frozenSince;

  private Rival(Process process, Path trace) {
    this.process = process;
    this.trace = trace;
  }

  /**
   * What all contestants of a bout have in common.
   *
   * @param library whose elector
   * @param kubeconfig the way to the API server
   * @param lease the lock
   * @param folder for traces and output
   * @param unit how long a unit of work takes
   * @param inCallback for how long the work is done in the callback
   */
  record Rules(
      Library library,
      Path kubeconfig,
      String lease,
      Path folder,
      Duration unit,
      Duration inCallback) {}

  /** Starts one. */
  static Rival start(Rules rules, String identity, Launch launch) throws IOException {
    Path trace = rules.folder().resolve(rules.lease() + "-" + identity + ".trace");
    Files.createFile(trace);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Contestant.class.getName(),
                rules.library().name(),
                rules.kubeconfig().toString(),
                rules.lease(),
                identity,
                trace.toString(),
                Long.toString(rules.unit().toMillis()),
                Long.toString(rules.inCallback().toMillis())));
    Path log = rules.folder().resolve(rules.lease() + "-" + identity + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(launch.environment());
    return new Rival(builder.start(), trace);
  }

  /** Waits until it has looked at the lock and knows who leads. */
  void awaitKnowledge() {
    await()
        .atMost(PATIENCE)
        .until(() -> lines().stream().anyMatch(line -> line.startsWith("knows ")));
  }

  /** Waits until it works. */
  void awaitWork() {
    await().atMost(PATIENCE).until(() -> !spans().isEmpty());
  }

  void pause() throws IOException, InterruptedException {
    signal("STOP");
    frozenSince = System.nanoTime();
  }

  void resume() throws IOException, InterruptedException {
    signal("CONT");
    // The signal comes at the end of that; before it would count the start of a program as work.
    freezes.add(new Span(frozenSince, System.nanoTime()));
  }

  void terminate() {
    process.toHandle().destroy();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** When it has worked so far, without the times in which it stood still. */
  List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    long begun = 0;
    boolean working = false;
    for (String line : lines()) {
      if (line.startsWith("begin ")) {
        begun = nanos(line);
        working = true;
      } else if (line.startsWith("end ")) {
        spans.add(new Span(begun, nanos(line)));
        working = false;
      }
    }
    if (working && process.isAlive()) {
      spans.add(new Span(begun, System.nanoTime()));
    }
    for (Span freeze : freezes) {
      spans = new ArrayList<>(spans.stream().flatMap(of -> of.without(freeze).stream()).toList());
    }
    return spans;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private static long nanos(String line) {
    return Long.parseLong(line.substring(line.indexOf(' ') + 1));
  }

  private List<String> lines() {
    try {
      return Files.readString(trace).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
