package dev.leasehold.e2e.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.campaign.fault.Fault;
import dev.leasehold.e2e.campaign.fault.Faults;
import dev.leasehold.e2e.campaign.site.Script;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.samples.cluster.LocalControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All faults, alone and mixed by a seed, for as long as one likes; see {@code docs/faults.md}. It
 * is run by name only, and writes {@code target/campaign/report.md} and {@code report.json}.
 */
@ExtendWith(ControlPlaneExtension.class)
class Campaign {

  private static final String PREVIOUS = "build-previous-version.sh";
  private static final Path FOLDER = Path.of("target", "campaign");

  private final LocalControlPlane plane;

  Campaign(LocalControlPlane plane) {
    this.plane = plane;
  }

  @Test
  void noFaultBreaksAPromise() throws Exception {
    long seed = Long.getLong("leasehold.campaign.seed", 1);
    Duration time = Duration.ofMinutes(Long.getLong("leasehold.campaign.minutes", 60));
    String some = System.getProperty("leasehold.campaign.faults", "");
    Files.createDirectories(FOLDER);
    Path files = Files.createTempDirectory(FOLDER.toAbsolutePath(), "replicas-");
    List<String> leftOut = new ArrayList<>();
    Predicate<String> isWanted = name -> Stream.of(some.split("\\|", -1)).anyMatch(name::contains);
    Optional<Path> other =
        isWanted.test(Faults.ANOTHER_VERSION) ? other(files, leftOut) : Optional.empty();
    Repertoire possible = Repertoire.find(other, files);
    leftOut.addAll(possible.leftOut());
    List<Fault> faults =
        possible.faults().stream().filter(fault -> isWanted.test(fault.name())).toList();
    assertThat(faults).as("faults whose names contain '%s'", some).isNotEmpty();

    Random random = new Random(seed);
    long end = System.nanoTime() + time.toNanos();
    try (Site site = new Site(plane, files, possible.launch())) {
      CampaignRun.Outcome outcome =
          new CampaignRun(site, random)
              .run(Schedule.thorough(faults, random), () -> System.nanoTime() - end < 0);
      CampaignReport report = CampaignReport.of(seed, outcome, leftOut);
      report.write(FOLDER);
      assertThat(report.violations()).as(report.markdown()).isZero();
    }
  }

  /** The jar that a property names, or else one that is built of what was before. */
  private static Optional<Path> other(Path folder, List<String> leftOut)
      throws IOException, InterruptedException {
    String named = System.getProperty("leasehold.campaign.jar");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    Optional<String> built = Script.run(PREVIOUS, folder);
    if (built.isEmpty()) {
      leftOut.add(
          "another version, as -Dleasehold.campaign.jar names none and none can be built. "
              + Script.complaint(PREVIOUS, folder));
    }
    return built.map(Path::of);
  }
}
