package dev.leasehold.e2e.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.campaign.fault.Fault;
import dev.leasehold.e2e.campaign.fault.Faults;
import dev.leasehold.e2e.campaign.site.Clock;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Launch;
import dev.leasehold.samples.cluster.LocalControlPlane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All faults, alone and mixed by a seed, for as long as one likes; see {@code docs/faults.md}. It
 * is run by name only, and writes {@code target/campaign/report.md} and {@code report.json}.
 */
@ExtendWith(ControlPlaneExtension.class)
class Campaign {

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
    Optional<Clock> clock = Clock.find(files);
    if (clock.isEmpty()) {
      leftOut.add("clocks that go wrong, as there is no libfaketime. " + Clock.complaint(files));
    }
    Optional<Path> other =
        Optional.ofNullable(System.getProperty("leasehold.campaign.jar")).map(Path::of);
    if (other.isEmpty()) {
      leftOut.add("another version, as -Dleasehold.campaign.jar names none.");
    }
    List<String> parts = List.of(some.split("\\|", -1));
    List<Fault> faults =
        Faults.all(clock, other, files).stream()
            .filter(fault -> parts.stream().anyMatch(fault.name()::contains))
            .toList();
    assertThat(faults).as("faults whose names contain '%s'", some).isNotEmpty();

    Random random = new Random(seed);
    long end = System.nanoTime() + time.toNanos();
    try (Site site = new Site(plane, files, clock.map(Clock::launch).orElse(Launch.PLAIN))) {
      CampaignRun.Outcome outcome =
          new CampaignRun(site, random)
              .run(new Schedule(faults, random), () -> System.nanoTime() - end < 0);
      CampaignReport report = CampaignReport.of(seed, outcome, leftOut);
      report.write(FOLDER);
      assertThat(report.violations()).as(report.markdown()).isZero();
    }
  }
}
