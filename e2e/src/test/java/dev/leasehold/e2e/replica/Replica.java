package dev.leasehold.e2e.replica;

import dev.leasehold.samples.demo.check.ProcessTrace;
import dev.leasehold.samples.demo.check.TraceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A replica as a process of its own: started from the jar as a user would. Not thread-safe. */
public final class Replica implements AutoCloseable {

  private static final Path JAR =
      Path.of("..", "sample-controllers", "target", "sample-controllers.jar");
  private static final Pattern HTTP = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)");

  private final String name;
  private final Launch launch;
  private final Process process;
  private final long startedNanos;
  private final long startedWall;
  private final Path out;
  private final Path err;
  private final Path trace;
  private final HttpClient http = HttpClient.newHttpClient();
  private OptionalLong killedAtNanos = OptionalLong.empty();

  /** When it ended, which another thread sees. */
  private final CompletableFuture<Long> ended;

  private Replica(String name, Launch launch, Process process, Path folder) {
    this.name = name;
    this.launch = launch;
    this.process = process;
    this.startedNanos = System.nanoTime();
    this.startedWall = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
    this.out = out(folder, name);
    this.err = err(folder, name);
    this.trace = trace(folder, name);
    this.ended = process.onExit().thenApply(over -> System.nanoTime());
  }

  /**
   * Starts one.
   *
   * @param name what its identity begins with
   * @param folder for its output and its trace
   * @param options of the {@code replica} command, besides identity and trace
   */
  public static Replica start(String name, Path folder, List<String> options) {
    return start(name, folder, options, Launch.PLAIN);
  }

  /** Starts one in a machine of its own kind; the rest is as above. */
  public static Replica start(String name, Path folder, List<String> options, Launch launch) {
    List<String> arguments = new ArrayList<>(List.of("replica"));
    arguments.addAll(launch.changed(options));
    arguments.addAll(List.of("--identity", name, "--trace", trace(folder, name).toString()));
    return new Replica(name, launch, run(name, folder, arguments, launch), folder);
  }

  /**
   * Starts another long-running command of the jar, which has no trace.
   *
   * @param name names the files for its output
   * @param folder where they are
   * @param arguments what the user would type behind the jar
   */
  public static Replica command(String name, Path folder, List<String> arguments) {
    return new Replica(name, Launch.PLAIN, run(name, folder, arguments), folder);
  }

  /**
   * Runs the jar with any arguments.
   *
   * @param name names the files for its output
   * @param folder where they are
   * @param arguments what the user would type behind the jar
   */
  static Process run(String name, Path folder, List<String> arguments) {
    return run(name, folder, arguments, Launch.PLAIN);
  }

  private static Process run(String name, Path folder, List<String> arguments, Launch launch) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Three JVMs share the machine with an API server: quick to start matters more than peak speed.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(launch.jvmOptions());
    command.addAll(List.of("-jar", launch.jar().orElse(JAR).toString()));
    command.addAll(arguments);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(out(folder, name).toFile())
              .redirectError(launch.log().orElseGet(() -> err(folder, name)).toFile());
      builder.environment().putAll(launch.environment());
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("The jar can't be started; build it with mvn package.", e);
    }
  }

  /** What its identity begins with. */
  public String name() {
    return name;
  }

  /**
   * Kills it without warning, unless it has ended, and returns when it was dead, on the monotonic
   * clock.
   */
  public long kill() throws InterruptedException {
    boolean alive = process.isAlive();
    process.destroyForcibly().waitFor();
    long dead = alive ? System.nanoTime() : ended.join();
    killedAtNanos = OptionalLong.of(dead);
    return dead;
  }

  /** Stops it in the middle of whatever it does, by SIGSTOP. */
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on where it was paused, by SIGCONT. */
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (exit != 0) {
      throw new AssertionError("%s can't be sent SIG%s.".formatted(this.name, name));
    }
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /**
   * Waits for its end.
   *
   * @return its exit code
   */
  public int awaitExit(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("%s has not ended within %s.%n%s".formatted(name, patience, log()));
    }
    return process.exitValue();
  }

  /** The id of its process. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it printed so far on standard output. */
  public String output() {
    return read(out);
  }

  /** What it logged so far. */
  public String log() {
    return read(err);
  }

  /** Where its HTTP port is; empty before it has said so. */
  public Optional<URI> address() {
    Matcher address = HTTP.matcher(output());
    return address.find() ? Optional.of(URI.create(address.group(1))) : Optional.empty();
  }

  /** What its HTTP port answers to a path; empty while it doesn't. */
  public Optional<HttpResponse<String>> get(String path) {
    Optional<URI> address = address();
    if (address.isEmpty()) {
      return Optional.empty();
    }
    HttpRequest request =
        HttpRequest.newBuilder(address.get().resolve(path)).timeout(Duration.ofSeconds(5)).build();
    try {
      return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What it has traced so far, in real time whatever its clocks. */
  public ProcessTrace trace() {
    String text = read(trace);
    LongUnaryOperator clock = nanos -> launch.real(nanos, startedNanos, startedWall);
    return new ProcessTrace(
        name,
        TraceReader.read(text).stream().map(event -> event.by(clock)).toList(),
        TraceReader.marks(text).stream().map(mark -> mark.by(clock)).toList(),
        diedAtNanos());
  }

  /** When it was killed, or ended by itself other than in order. */
  private OptionalLong diedAtNanos() {
    if (killedAtNanos.isPresent() || process.isAlive() || process.exitValue() == 0) {
      return killedAtNanos;
    }
    return OptionalLong.of(ended.join());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path out(Path folder, String name) {
    return folder.resolve(name + ".out");
  }

  private static Path err(Path folder, String name) {
    return folder.resolve(name + ".err");
  }

  private static Path trace(Path folder, String name) {
    return folder.resolve(name + ".trace");
  }
}
