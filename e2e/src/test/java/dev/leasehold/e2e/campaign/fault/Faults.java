package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.network.Refusal;
import dev.leasehold.e2e.campaign.network.Weather;
import dev.leasehold.e2e.campaign.site.Clock;
import dev.leasehold.e2e.replica.Launch;
import dev.leasehold.election.Timings;
import dev.leasehold.samples.cluster.LocalControlPlane;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** All faults that there are. */
public final class Faults {

  /** What needs another jar. */
  public static final String ANOTHER_VERSION = "another version";

  private static final Timings SLOWER =
      new Timings(Duration.ofSeconds(6), Duration.ofSeconds(4), Duration.ofSeconds(1));

  private Faults() {}

  /**
   * All faults that are possible here.
   *
   * @param clock without one, no clock goes wrong
   * @param other the jar of another version; without one, all replicas are of this one
   * @param folder for files that faults need
   */
  public static List<Fault> all(Optional<Clock> clock, Optional<Path> other, Path folder) {
    List<Fault> all =
        new ArrayList<>(
            List.of(
                new Crash(),
                new Pause(),
                new RollingRestart(),
                new Starvation(),
                new FullHeap(folder, true),
                new FullHeap(folder, false),
                new Misfit(
                    "no room for a log",
                    Launch.PLAIN.withLog(Path.of("/dev/full")),
                    Optional.empty()),
                new Misfit("another timing", slower(), Optional.of(SLOWER)),
                new NoPermission()));
    if (JvmPause.isPossible()) {
      all.add(new JvmPause(folder));
    }
    for (ServerFault.Way way : ServerFault.Way.values()) {
      String done = " " + way.name().toLowerCase(Locale.ROOT);
      all.add(new ServerFault("API server" + done, LocalControlPlane::apiServer, way));
      all.add(new ServerFault("etcd" + done, LocalControlPlane::etcd, way));
    }
    for (Weather weather : Weather.values()) {
      if (weather != Weather.CLEAR) {
        all.add(new BadNetwork(weather));
      }
    }
    for (Refusal refusal : Refusal.values()) {
      all.add(new Refused(refusal));
    }
    all.addAll(meddling());
    other.ifPresent(
        jar -> all.add(new Misfit(ANOTHER_VERSION, Launch.PLAIN.withJar(jar), Optional.empty())));
    clock.ifPresent(
        of -> {
          all.add(new ClockJump("clock 2 h ahead", of, Duration.ofHours(2)));
          all.add(new ClockJump("clock 2 h behind", of, Duration.ofHours(-2)));
          all.add(new FastClock(of.launchAtRate(1.2)));
        });
    return List.copyOf(all);
  }

  /** Whether a JVM can be paused here. */
  public static boolean canPauseJvms() {
    return JvmPause.isPossible();
  }

  private static Launch slower() {
    return Launch.PLAIN.withOptions(
        Map.of(
            "--lease-duration", SLOWER.leaseDuration().toSeconds() + "s",
            "--renew-deadline", SLOWER.renewDeadline().toSeconds() + "s",
            "--retry-period", SLOWER.retryPeriod().toSeconds() + "s"));
  }

  private static List<Fault> meddling() {
    List<String> bucket = List.of("bucket");
    List<String> member = List.of("member");
    List<String> both = List.of("bucket", "member");
    Optional<UnaryOperator<Lease>> deletion = Optional.empty();
    Optional<UnaryOperator<Lease>> emptying = Optional.of(Faults::emptied);
    Optional<UnaryOperator<Lease>> theft = Optional.of(Faults::stolen);
    Optional<UnaryOperator<Lease>> garbling = Optional.of(Faults::garbled);
    return List.of(
        new Meddling("a bucket's Lease deleted", bucket, false, deletion, false),
        new Meddling("a member's Lease deleted", member, false, deletion, true),
        new Meddling("all Leases of buckets deleted", bucket, true, deletion, false),
        new Meddling("all Leases of members deleted", member, true, deletion, true),
        new Meddling("all Leases deleted", both, true, deletion, true),
        new Meddling("a bucket's Lease emptied", bucket, false, emptying, true),
        new Meddling("a member's Lease emptied", member, false, emptying, true),
        new Meddling("a bucket's Lease stolen", bucket, false, theft, false),
        new Meddling("a member's Lease stolen", member, false, theft, true),
        new Meddling("a bucket's Lease garbled", bucket, false, garbling, true),
        new Meddling("a member's Lease garbled", member, false, garbling, true));
  }

  private static Lease emptied(Lease lease) {
    return new LeaseBuilder(lease).withNewSpec().endSpec().build();
  }

  private static Lease stolen(Lease lease) {
    return new LeaseBuilder(lease)
        .editSpec()
        .withHolderIdentity("thief_00000000")
        .endSpec()
        .build();
  }

  private static Lease garbled(Lease lease) {
    return new LeaseBuilder(lease)
        .editMetadata()
        .withAnnotations(
            Map.of(
                "leasehold.dev/member", "<script>",
                "leasehold.dev/member-uid", "no uid",
                "leasehold.dev/lease-duration-seconds", "-3",
                "leasehold.dev/controllers", "=,=,",
                "leasehold.dev/state", "\n"))
        .endMetadata()
        .editSpec()
        .withLeaseDurationSeconds(1)
        .withLeaseTransitions(Integer.MAX_VALUE)
        .endSpec()
        .build();
  }
}
