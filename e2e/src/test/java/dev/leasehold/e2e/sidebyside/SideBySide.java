package dev.leasehold.e2e.sidebyside;

import dev.leasehold.samples.cluster.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All parts, or those that are asked for, one after the other. */
final class SideBySide {

  private static final List<Part> PARTS =
      List.of(
          new HandOverPart(),
          new CrashPart(),
          new OperatorPart(),
          new StartPart(),
          new RestPart(),
          new SpeedUpPart(),
          new LatencyPart(),
          new MemoryPart(),
          new QueuePart());

  private SideBySide() {}

  /**
   * Measures; fails in the end if any part has.
   *
   * @param folder for the report, and for what the processes log
   * @param wanted names of parts with commas between them, or nothing for all
   */
  static void run(ControlPlane plane, Path folder, String wanted) throws IOException {
    List<Part> parts = parts(wanted);
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Report report = new Report(folder.resolve("report.md"));
    Failures failures = new Failures();
    try (Stage stage = new Stage(plane, logs, failures)) {
      Machine.describe(report.chapter("Side by side"), stage.client());
      for (Part part : parts) {
        measure(part, stage, report.chapter(part.title()));
      }
    }
    failures.throwIfAny();
  }

  private static List<Part> parts(String wanted) {
    Set<String> names =
        Arrays.stream(wanted.split(","))
            .filter(each -> !each.isBlank())
            .collect(Collectors.toSet());
    List<String> known = PARTS.stream().map(Part::name).toList();
    if (!known.containsAll(names)) {
      throw new IllegalArgumentException("There are the parts %s, not %s.".formatted(known, names));
    }
    return PARTS.stream().filter(part -> names.isEmpty() || names.contains(part.name())).toList();
  }

  @SuppressWarnings("SystemOut") // Whoever asked for the figures sees them come.
  private static void measure(Part part, Stage stage, Report.Chapter chapter) {
    long begun = System.nanoTime();
    boolean unused =
        stage.attempt(chapter, "The part " + part.name(), () -> part.measure(stage, chapter));
    stage.clear();
    chapter.note(
        "(%d s; %s)".formatted((System.nanoTime() - begun) / 1_000_000_000L, Machine.load()));
    chapter.lines().forEach(System.out::println);
  }
}
