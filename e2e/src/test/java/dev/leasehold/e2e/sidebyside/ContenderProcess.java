package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.sidebyside.contender.Cost;
import dev.leasehold.e2e.sidebyside.contender.Voice;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A contender as a process: what it has said, and what it is told. Used by one thread. */
final class ContenderProcess implements AutoCloseable {

  /** Longer than any lease duration and what may come upon it. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int LAST_LINES = 10;

  /** Options of the JVM for each process, such as a profiler's; {@code %n} is its name. */
  private static final String MORE_JVM = "leasehold.parts.jvm";

  /**
   * The same for all: quick to start, as several share a machine, and room for a thousand locks.
   */
  static final List<String> JVM =
      List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final String LOGGING =
      "-Dlogback.configurationFile=dev/leasehold/e2e/sidebyside/logback-contender.xml";

  private final String name;
  private final Process process;
  private final Path errors;
  private final Thread reader;
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();

  private ContenderProcess(String name, Process process, Path errors) {
    this.name = name;
    this.process = process;
    this.errors = errors;
    this.reader = new Thread(this::read, "reads-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts one from this JVM's class path; returns at once.
   *
   * @param name names the file for what it logs
   * @param folder where that is
   * @param before what its class path has in front of that, perhaps nothing
   * @param main the class to run
   * @param arguments what it is given
   */
  static ContenderProcess start(
      String name, Path folder, String before, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.add(LOGGING);
    String more = System.getProperty(MORE_JVM, "");
    if (!more.isEmpty()) {
      command.addAll(List.of(more.replace("%n", name).split(" ")));
    }
    String present = System.getProperty("java.class.path");
    command.addAll(
        List.of("-cp", before.isEmpty() ? present : before + File.pathSeparator + present));
    command.add(main.getName());
    command.addAll(arguments);
    Path errors = folder.resolve(name + ".err");
    try {
      return new ContenderProcess(
          name, new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String text = output.readLine(); text != null; text = output.readLine()) {
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
      throw new UncheckedIOException(name + " does not listen." + lastErrors(), e);
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

  /** Waits until it is ready, whatever that means for it. */
  Line awaitReady() {
    return await("ready", "process", Long.MIN_VALUE);
  }

  /** Waits for the first line of an event and a subject since a time. */
  Line await(String event, String subject, long sinceNanos) {
    Predicate<Line> wanted =
        line ->
            line.nanos() >= sinceNanos
                && line.event().equals(event)
                && line.subject().equals(subject);
    await(event + " " + subject, PATIENCE, () -> lines.stream().anyMatch(wanted));
    return lines.stream().filter(wanted).findFirst().orElseThrow();
  }

  /** Waits until something can be told from what it said; fails as soon as it never will. */
  void await(String what, Duration patience, BooleanSupplier told) {
    Awaitility.await(name + ": " + what)
        .pollInterval(LOOK)
        .atMost(patience)
        .until(
            () -> {
              boolean alive = process.isAlive();
              if (!alive) {
                // What it said last is still on its way through the reader.
                reader.join();
              }
              boolean done = told.getAsBoolean();
              if (!done) {
                check();
              }
              return done;
            });
  }

  /** Throws if it has failed at something that it was told to do, or has ended. */
  void check() {
    Optional<Line> failed = lines.stream().filter(line -> line.event().equals("failed")).findAny();
    if (failed.isPresent()) {
      Line line = failed.get();
      throw new AssertionError(
          "%s failed to %s: %s.%s".formatted(name, line.subject(), line.more(), lastErrors()));
    }
    if (!process.isAlive()) {
      throw new AssertionError("%s has ended.%s".formatted(name, lastErrors()));
    }
  }

  private String lastErrors() {
    try {
      List<String> all = Files.readAllLines(errors, StandardCharsets.ISO_8859_1);
      List<String> last = all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
      return last.isEmpty() ? "" : System.lineSeparator() + String.join("\n", last);
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** Asks what it takes, and waits for the answer. */
  Cost cost() {
    return Cost.parse(answer("cost"));
  }

  /** Processor time since its start, in nanoseconds, as it can tell by itself. */
  long cpuNanos() {
    return Long.parseLong(answer("cpu"));
  }

  /** How many reconciles that wait have ended. */
  long runs() {
    return Long.parseLong(answer("runs"));
  }

  private String answer(String question) {
    long asked = System.nanoTime();
    tell(question);
    return await(question, "now", asked).more();
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
