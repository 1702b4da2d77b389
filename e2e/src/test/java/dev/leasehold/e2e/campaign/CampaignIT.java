package dev.leasehold.e2e.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.campaign.fault.Fault;
import dev.leasehold.e2e.campaign.fault.Faults;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Launch;
import dev.leasehold.samples.cluster.LocalControlPlane;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A short campaign: one fault of each kind, once, in the order that a fixed seed decides. */
@ExtendWith(ControlPlaneExtension.class)
class CampaignIT {

  private static final long SEED = 7;
  private static final Set<String> FAULTS =
      Set.of(
          "replica paused",
          "API server paused",
          "network: cut",
          "all Leases of members deleted",
          "a bucket's Lease stolen");

  private final LocalControlPlane plane;
  private final Path folder;

  CampaignIT(LocalControlPlane plane, @TempDir Path folder) {
    this.plane = plane;
    this.folder = folder;
  }

  @Test
  void noFaultBreaksAPromise() throws Exception {
    List<Fault> faults =
        Faults.all(Optional.empty(), Optional.empty(), folder).stream()
            .filter(fault -> FAULTS.contains(fault.name()))
            .toList();
    assertThat(faults).hasSize(FAULTS.size());
    Random random = new Random(SEED);
    Schedule schedule = new Schedule(faults, random);
    try (Site site = new Site(plane, folder, Launch.PLAIN)) {
      CampaignRun.Outcome outcome =
          new CampaignRun(site, random).run(schedule, () -> !schedule.hasHadAll());

      CampaignReport report = CampaignReport.of(SEED, outcome, List.of());
      assertThat(report.violations()).as(report.markdown()).isZero();
      assertThat(report.faults()).isEqualTo(FAULTS.size());
      assertThat(report.reconciles()).isGreaterThan(report.changes() / 2);
    }
  }
}
