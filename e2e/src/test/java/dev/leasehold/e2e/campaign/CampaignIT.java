package dev.leasehold.e2e.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.campaign.fault.Fault;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.samples.cluster.LocalControlPlane;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A short campaign: the faults that tell most and two others, once each and for longer than the
 * lease duration, and then two at once. It is the same each time; {@code
 * -Dleasehold.campaign.seed=8} draws others. It takes less than three minutes of the time that an
 * ordinary test run may take; all faults are the {@link Campaign}'s.
 */
@ExtendWith(ControlPlaneExtension.class)
class CampaignIT {

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

  /** So many of the others. */
  private static final int MORE = 2;

  private static final int MIXED = 1;
  private static final long SEED = 7;

  private static final Logger log = LoggerFactory.getLogger(CampaignIT.class);

  private final LocalControlPlane plane;
  private final Path folder;

  CampaignIT(LocalControlPlane plane, @TempDir Path folder) {
    this.plane = plane;
    this.folder = folder;
  }

  @Test
  void noFaultBreaksAPromise() throws Exception {
    Repertoire possible = Repertoire.find(Optional.empty(), folder);
    possible.leftOut().forEach(what -> log.info("Left out: {}", what));
    long seed = Long.getLong("leasehold.campaign.seed", SEED);
    Random random = new Random(seed);
    List<Fault> faults = possible.pick(FAULTS, MORE, random);
    log.info(
        "With seed {}: {}, and {} times two of them at once.",
        seed,
        faults.stream().map(Fault::name).collect(Collectors.joining(", ")),
        MIXED);
    // Only a clock can be missing of those that are always there.
    List<String> certain =
        FAULTS.stream()
            .filter(name -> possible.leftOut().isEmpty() || !name.startsWith("clock"))
            .toList();
    assertThat(faults)
        .hasSizeGreaterThanOrEqualTo(certain.size() + MORE)
        .extracting(Fault::name)
        .containsAll(certain);
    Schedule schedule = Schedule.brief(faults, MIXED, random);
    try (Site site = new Site(plane, folder, possible.launch())) {
      CampaignRun.Outcome outcome =
          new CampaignRun(site, random).run(schedule, () -> !schedule.hasHadAll());

      CampaignReport report = CampaignReport.of(seed, outcome, possible.leftOut());
      assertThat(report.violations()).as(report.markdown()).isZero();
      assertThat(report.faults()).isEqualTo(faults.size() + 2 * MIXED);
      assertThat(report.reconciles()).isGreaterThan(report.changes() / 2);
    }
  }
}
