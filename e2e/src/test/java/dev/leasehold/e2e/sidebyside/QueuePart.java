package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.benchmark.QueueFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The work queues by JMH, in less time than {@code docs/benchmarks/queue.md} has it. */
final class QueuePart implements Part {

  private static final List<String> QUICKLY =
      List.of("-f", "1", "-wi", "2", "-w", "1", "-i", "3", "-r", "1", "-rf", "csv");

  @Override
  public String name() {
    return "queue";
  }

  @Override
  public void measure(Stage stage) throws IOException, InterruptedException {
    Path results = stage.folder().resolve("jmh.csv");
    List<String> arguments = new ArrayList<>(List.of("org.openjdk.jmh.Main", "Queue.*Thread"));
    arguments.addAll(QUICKLY);
    arguments.addAll(List.of("-rff", results.toString()));
    run(stage.folder().resolve("jmh.out"), arguments);
    stage.report().section("Work queues");
    stage
        .report()
        .text(
            "Keys that are added, taken and done in a second, by JMH with one fork of 3 rounds; `client-java` is its DefaultWorkQueue, which has neither buckets nor asks whether this replica leads.");
    stage.report().table(List.of("threads", "queue", "keys/s", "in client-java's"), rows(results));
    Path figures = stage.folder().resolve("figures.out");
    run(figures, List.of(QueueFigures.class.getName(), "bytes", "promotion"));
    stage.report().text(String.join("  \n", Files.readAllLines(figures)));
  }

  private static void run(Path output, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new AssertionError("%s has failed:%n%s".formatted(arguments, Files.readString(output)));
    }
  }

  private static List<List<String>> rows(Path results) throws IOException {
    Map<String, Map<String, Double>> byThreads = new TreeMap<>();
    List<List<String>> lines =
        Files.readAllLines(results).stream()
            .map(line -> Arrays.asList(line.replace("\"", "").split(",")))
            .toList();
    List<String> header = lines.get(0);
    for (List<String> line : lines.subList(1, lines.size())) {
      int workers = header.indexOf("Param: workers");
      boolean many = workers < line.size() && !line.get(workers).isEmpty();
      byThreads
          .computeIfAbsent(
              many ? "4 add, %s work".formatted(line.get(workers)) : "1 does both",
              key -> new TreeMap<>())
          .put(
              line.get(header.indexOf("Param: queue")),
              Double.parseDouble(line.get(header.indexOf("Score"))));
    }
    List<List<String>> rows = new ArrayList<>();
    byThreads.forEach(
        (threads, scores) ->
            scores.forEach(
                (queue, score) ->
                    rows.add(
                        List.of(
                            threads,
                            queue,
                            String.format(Locale.ROOT, "%,.0f", score),
                            Ratios.times(score, scores.getOrDefault("client-java", 0.0))))));
    return rows;
  }
}
