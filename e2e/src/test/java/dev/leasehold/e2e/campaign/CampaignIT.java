package dev.leasehold.e2e.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.campaign.fault.Fault;
import dev.leasehold.e2e.campaign.fault.Faults;
import dev.leasehold.e2e.campaign.site.Clock;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Launch;
import dev.leasehold.samples.cluster.LocalControlPlane;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A short campaign: the faults that tell most, once each and for longer than the lease duration. It
 * takes two minutes, of the time that an ordinary test run may take; all faults are the {@link
 * Campaign}'s.
 */
@ExtendWith(ControlPlaneExtension.class)
class CampaignIT {

  private static final long SEED = 7;
  private static final List<String> FAULTS =
      List.of(
          "replica killed",
          "one replica gets 500 to all requests",
          "etcd paused",
          "rolling restart",
          "network: dropped",
          "all Leases deleted",
          "API server killed",
          "clock 2 h ahead");

  private final LocalControlPlane plane;
  private final Path folder;

  CampaignIT(LocalControlPlane plane, @TempDir Path folder) {
    this.plane = plane;
    this.folder = folder;
  }

  @Test
  void noFaultBreaksAPromise() throws Exception {
    Optional<Clock> clock = Clock.find(folder);
    Map<String, Fault> possible =
        Faults.all(clock, Optional.empty(), folder).stream()
            .collect(Collectors.toMap(Fault::name, Function.identity()));
    List<Fault> faults = FAULTS.stream().map(possible::get).filter(Objects::nonNull).toList();
    // Only a clock can be missing.
    assertThat(faults).hasSize(FAULTS.size() - (clock.isEmpty() ? 1 : 0));
    Random random = new Random(SEED);
    Schedule schedule = Schedule.brief(faults, random);
    try (Site site = new Site(plane, folder, clock.map(Clock::launch).orElse(Launch.PLAIN))) {
      CampaignRun.Outcome outcome =
          new CampaignRun(site, random).run(schedule, () -> !schedule.hasHadAll());

      CampaignReport report = CampaignReport.of(SEED, outcome, List.of());
      assertThat(report.violations()).as(report.markdown()).isZero();
      assertThat(report.faults()).isEqualTo(faults.size());
      assertThat(report.reconciles()).isGreaterThan(report.changes() / 2);
    }
  }
}
