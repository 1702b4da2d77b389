package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.samples.cluster.ControlPlane;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ours beside every Java peer, see {@code docs/benchmarks/side-by-side.md}. Run by name, as no
 * build does. The report is {@code e2e/target/side-by-side/report.md}.
 */
@ExtendWith(ControlPlaneExtension.class)
class SideBySideBenchmark {

  private static final Path REPORT = Path.of("target", "side-by-side", "report.md");

  @Test
  void measures(ControlPlane plane, @TempDir Path folder) throws Exception {
    SideBySide.run(plane, folder, REPORT, System.getProperty("leasehold.parts", ""));
  }
}
