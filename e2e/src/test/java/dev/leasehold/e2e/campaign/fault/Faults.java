package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.network.Refusal;
import dev.leasehold.e2e.campaign.network.Weather;
import dev.leasehold.e2e.campaign.site.Clock;
import dev.leasehold.e2e.replica.Launch;
import dev.leasehold.samples.cluster.LocalControlPlane;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** All faults that there are. */
public final class Faults {

  private static final Duration NOTHING = Duration.ZERO;
  private static final Duration LONGER = Duration.ofSeconds(6);

  private static final Map<String, String> SLOWER =
      Map.of(
          "--lease-duration", LONGER.toSeconds() + "s",
          "--renew-deadline", "4s",
          "--retry-period", "1s");

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
                    "no room for a log", Launch.PLAIN.withLog(Path.of("/dev/full")), NOTHING),
                new Misfit("another timing", Launch.PLAIN.withOptions(SLOWER), LONGER),
                new ServerFault("API server killed", LocalControlPlane::apiServer, true),
                new ServerFault("API server paused", LocalControlPlane::apiServer, false),
                new ServerFault("etcd killed", LocalControlPlane::etcd, true),
                new ServerFault("etcd paused", LocalControlPlane::etcd, false),
                new NoPermission()));
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
        jar -> all.add(new Misfit("another version", Launch.PLAIN.withJar(jar), NOTHING)));
    clock.ifPresent(
        of -> {
          all.add(new ClockJump("clock 2 h ahead", of, Duration.ofHours(2)));
          // Less than an hour: the API server's certificate is no older.
          all.add(new ClockJump("clock 30 min behind", of, Duration.ofMinutes(-30)));
          all.add(new FastClock(of.launchAtRate(1.2)));
        });
    return List.copyOf(all);
  }

  private static List<Fault> meddling() {
    Optional<UnaryOperator<Lease>> deletion = Optional.empty();
    return List.of(
        new Meddling("a bucket's Lease deleted", "bucket", false, deletion),
        new Meddling("a member's Lease deleted", "member", false, deletion),
        new Meddling("all Leases of buckets deleted", "bucket", true, deletion),
        new Meddling("all Leases of members deleted", "member", true, deletion),
        new Meddling("a bucket's Lease emptied", "bucket", false, Optional.of(Faults::emptied)),
        new Meddling("a member's Lease emptied", "member", false, Optional.of(Faults::emptied)),
        new Meddling("a bucket's Lease stolen", "bucket", false, Optional.of(Faults::stolen)),
        new Meddling("a member's Lease stolen", "member", false, Optional.of(Faults::stolen)),
        new Meddling("a bucket's Lease garbled", "bucket", false, Optional.of(Faults::garbled)),
        new Meddling("a member's Lease garbled", "member", false, Optional.of(Faults::garbled)));
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
