package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.sidebyside.contender.Cost;
import dev.leasehold.e2e.sidebyside.contender.Voice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** A contender as a process: what it has said, and what it is told. Used by one thread. */
final class ContenderProcess implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Options of the JVM for each process, such as a profiler's; {@code %n} is its name. */
  private static final String MORE_JVM = "leasehold.parts.jvm";

  /**
   * The same for all: quick to start, as several share a machine, and room for a thousand locks.
   */
  private static final List<String> JVM =
      List.of(
          "-Xmx768m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          // The samples' own, since that of the tests is talkative.
          "-Dlogback.configurationFile=logback.xml");

  private final String name;
  private final Process process;
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();

  private ContenderProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    Thread reader = new Thread(this::read, "reads-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts one from this JVM's class path; returns at once.
   *
   * @param name names the file for what it logs
   * @param folder where that is
   * @param main the class to run
   * @param arguments what it is given
   */
  static ContenderProcess start(String name, Path folder, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    String more = System.getProperty(MORE_JVM, "");
    if (!more.isEmpty()) {
      command.addAll(List.of(more.replace("%n", name).split(" ")));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    try {
      return new ContenderProcess(
          name,
          new ProcessBuilder(command)
              .redirectError(folder.resolve(name + ".err").toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        if (text.startsWith(Voice.MARK)) {
          lines.add(Line.parse(text.substring(Voice.MARK.length())));
        }
      }
    } catch (IOException ended) {
      // It has been killed while it spoke.
    }
  }

  String name() {
    return name;
  }

  /** Says a command to it. */
  void tell(String command) {
    OutputStream input = process.getOutputStream();
    try {
      input.write((command + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " does not listen.", e);
    }
  }

  /** What it said so far. */
  List<Line> saidAll() {
    return List.copyOf(lines);
  }

  /** What it said so far about an event, in its order. */
  List<Line> said(String event) {
    return lines.stream().filter(line -> line.event().equals(event)).toList();
  }

  /** The first line of an event and a subject since a time. */
  Optional<Line> first(String event, String subject, long sinceNanos) {
    return lines.stream().filter(about(event, subject, sinceNanos)).findFirst();
  }

  /** Waits for that line. */
  Line await(String event, String subject, long sinceNanos) {
    org.awaitility.Awaitility.await(name + ": " + event + " " + subject)
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(() -> first(event, subject, sinceNanos).isPresent());
    return first(event, subject, sinceNanos).orElseThrow();
  }

  private static Predicate<Line> about(String event, String subject, long sinceNanos) {
    return line ->
        line.nanos() >= sinceNanos && line.event().equals(event) && line.subject().equals(subject);
  }

  /** Asks what it takes, and waits for the answer. */
  Cost cost() {
    long asked = System.nanoTime();
    tell("cost");
    return Cost.parse(await("cost", "now", asked).more());
  }

  /** Processor time since its start, as the operating system counts it. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Kills it without warning and returns when it was dead. */
  long kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    return System.nanoTime();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
