package dev.leasehold.e2e.sidebyside;

import dev.leasehold.samples.cluster.ControlPlane;
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
   * Measures.
   *
   * @param folder for what the processes log
   * @param file the report
   * @param wanted names of parts with commas between them, or nothing for all
   */
  static void run(ControlPlane plane, Path folder, Path file, String wanted) throws Exception {
    Set<String> names =
        Arrays.stream(wanted.split(","))
            .filter(each -> !each.isBlank())
            .collect(Collectors.toSet());
    List<String> known = PARTS.stream().map(Part::name).toList();
    if (!known.containsAll(names)) {
      throw new IllegalArgumentException("There are the parts %s, not %s.".formatted(known, names));
    }
    Report report = new Report(file);
    try (Stage stage = new Stage(plane, folder, report)) {
      Machine.describe(report, stage.client());
      for (Part part : PARTS) {
        if (names.isEmpty() || names.contains(part.name())) {
          long begun = System.nanoTime();
          part.measure(stage);
          stage.clear();
          report.text(
              "(%d s; %s)".formatted((System.nanoTime() - begun) / 1_000_000_000L, Machine.load()));
        }
      }
    }
  }
}
