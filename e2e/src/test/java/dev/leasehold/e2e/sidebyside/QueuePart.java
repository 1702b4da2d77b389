package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.benchmark.QueueByTurns;
import dev.leasehold.e2e.benchmark.QueueDelays;
import dev.leasehold.e2e.benchmark.QueueFigures;
import dev.leasehold.e2e.benchmark.QueuePromotions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** The work queues by JMH, in less time than {@code docs/benchmarks/queue.md} has it. */
final class QueuePart implements Part {

  /** Benchmarks of the queue; a parameter names whose. */
  private static final String BENCHMARKS = "Queue.*Thread";

  /** With three rounds after two to warm up; one that fails, or hangs, fails all. */
  private static final List<String> QUICKLY =
      List.of(
          "-f", "1", "-wi", "2", "-w", "1", "-i", "3", "-r", "1", "-foe", "true", "-to", "60s",
          "-rf", "csv");

  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private Page throughput = new Page();
  private Page turns = new Page();
  private Page delays = new Page();
  private Page promotions = new Page();
  private Page figures = new Page();

  @Override
  public String name() {
    return "queue";
  }

  @Override
  public String title() {
    return "Work queues";
  }

  @Override
  public void measure(Stage stage, Report.Chapter chapter) {
    attempt(stage, chapter, "Throughput", () -> throughput(stage.folder()));
    attempt(stage, chapter, "Throughput by turns", () -> turns(stage.folder()));
    attempt(stage, chapter, "Delays", () -> delays(stage.folder()));
    attempt(stage, chapter, "Promotions", () -> promotions(stage.folder()));
    attempt(stage, chapter, "Figures of ours", () -> figures(stage.folder()));
  }

  private void attempt(Stage stage, Report.Chapter chapter, String what, Failures.Attempt attempt) {
    boolean unused = stage.attempt(chapter, what, attempt);
    chapter.show(new Page().add(throughput).add(turns).add(delays).add(promotions).add(figures));
  }

  private void throughput(Path folder) throws IOException, InterruptedException {
    Path results = folder.resolve("jmh.csv");
    List<String> arguments = new ArrayList<>(List.of("org.openjdk.jmh.Main", BENCHMARKS));
    arguments.addAll(QUICKLY);
    arguments.addAll(List.of("-rff", results.toString()));
    List<String> unused = run(folder.resolve("jmh.out"), arguments);
    throughput =
        new Page()
            .text(
                "Keys that are added, taken and done in a second, by JMH with one fork of 3 rounds and so with wide errors. `client-java` is its DefaultWorkQueue, which has neither buckets nor asks whether this replica leads, and where keys are tried again its DefaultRateLimitingQueue.")
            .table(JmhScores.HEADER, JmhScores.rows(Files.readAllLines(results)));
  }

  private void turns(Path folder) throws IOException, InterruptedException {
    List<List<String>> rows = table(folder, QueueByTurns.class);
    turns =
        new Page()
            .text(
                "The same by turns in one JVM, the median of 9 rounds of half a second each, in millions a second. `client-java` asks nothing; who takes keys from `client-java-gated` asks a term for each, as our queue does.")
            .table(List.of("threads", "queue", "median", "least", "most", "to client-java"), rows);
  }

  private void delays(Path folder) throws IOException, InterruptedException {
    List<List<String>> rows = table(folder, QueueDelays.class);
    delays =
        new Page()
            .text(
                "Keys added after delays that end within 2 s, and one worker; `client-java` is its DefaultDelayingQueue.")
            .table(
                List.of("queue", "delayed keys", "lost", "late at p50", "at p99.9", "at most"),
                rows)
            .table(Growth.header("key"), Growth.rows(growths(rows)));
  }

  /**
   * How what is lost and how late the others are grow with the keys.
   *
   * @param rows of the table above; what never came has a dash for its time
   */
  static List<Growth> growths(List<List<String>> rows) {
    List<Growth> growths = new ArrayList<>();
    for (String queue : rows.stream().map(row -> row.get(0)).distinct().toList()) {
      Growth lost = new Growth(queue, "lost");
      Growth median = new Growth(queue, "late at p50, ms");
      Growth worst = new Growth(queue, "late at p99.9, ms");
      for (List<String> row : rows) {
        if (row.get(0).equals(queue)) {
          double keys = Double.parseDouble(row.get(1));
          lost.add(keys, Double.parseDouble(row.get(2)));
          millis(row.get(3)).ifPresent(late -> median.add(keys, late));
          millis(row.get(4)).ifPresent(late -> worst.add(keys, late));
        }
      }
      growths.addAll(List.of(lost, median, worst));
    }
    return growths;
  }

  private static OptionalDouble millis(String time) {
    return time.endsWith(" ms")
        ? OptionalDouble.of(Double.parseDouble(time.replace(" ms", "")))
        : OptionalDouble.empty();
  }

  private void promotions(Path folder) throws IOException, InterruptedException {
    Growth growth = new Growth("Leasehold", "promotion until all are enqueued, ms");
    for (List<String> round : table(folder, QueuePromotions.class)) {
      growth.add(Double.parseDouble(round.get(0)), Double.parseDouble(round.get(1)));
    }
    promotions = new Page().table(Growth.header("key"), Growth.rows(List.of(growth)));
  }

  private void figures(Path folder) throws IOException, InterruptedException {
    List<String> lines =
        run(folder.resolve("QueueFigures.out"), List.of(QueueFigures.class.getName()));
    figures = new Page().text(String.join("  \n", lines));
  }

  private static List<List<String>> table(Path folder, Class<?> main)
      throws IOException, InterruptedException {
    return run(folder.resolve(main.getSimpleName() + ".out"), List.of(main.getName())).stream()
        .map(line -> Arrays.asList(line.split("\t", -1)))
        .toList();
  }

  private static List<String> run(Path output, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(arguments);
    Path errors = output.resolveSibling(output.getFileName() + ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("%s takes too long; see %s".formatted(arguments, output));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new AssertionError("%s has failed; see %s".formatted(arguments, output));
    }
    return Files.readAllLines(output);
  }
}
