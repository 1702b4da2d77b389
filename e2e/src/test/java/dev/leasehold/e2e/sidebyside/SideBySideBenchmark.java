package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.samples.cluster.ControlPlane;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Ours beside every Java peer, see {@code docs/benchmarks/side-by-side.md}. Run by name, as no
 * build does. The report is {@code e2e/target/side-by-side/report.md}, what the processes log is
 * beside it.
 */
@ExtendWith(ControlPlaneExtension.class)
class SideBySideBenchmark {

  private static final Path FOLDER = Path.of("target", "side-by-side");

  @Test
  void measures(ControlPlane plane) throws IOException {
    SideBySide.run(plane, FOLDER, System.getProperty("leasehold.parts", ""));
  }
}
