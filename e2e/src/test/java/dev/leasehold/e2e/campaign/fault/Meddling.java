package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * An outsider edits or deletes Leases.
 *
 * @param name its name
 * @param roles which Leases: {@code bucket}, {@code member} or both
 * @param all whether all of them are hit, or one
 * @param edit what becomes of one; without it, it is deleted
 * @param isWaitedOut whether somebody has to be waited out for it; if not, the holder mends it at
 *     once
 */
record Meddling(
    String name,
    List<String> roles,
    boolean all,
    Optional<UnaryOperator<Lease>> edit,
    boolean isWaitedOut)
    implements Fault {

  @Override
  public Target target() {
    return Target.LEASES;
  }

  @Override
  public Cure inject(Site site, Random random) {
    List<Lease> leases = site.leases(roles.toArray(String[]::new));
    for (Lease lease : all ? leases : List.of(Victims.any(leases, random))) {
      meddle(site.client(), lease);
    }
    return Cure.NONE;
  }

  private void meddle(KubernetesClient client, Lease lease) {
    var resource =
        client
            .leases()
            .inNamespace(lease.getMetadata().getNamespace())
            .withName(lease.getMetadata().getName());
    if (edit.isPresent()) {
      // Whatever was written meanwhile: an outsider doesn't care.
      var unused = resource.edit(edit.get());
    } else {
      var unused = resource.delete();
    }
  }

  @Override
  public boolean lasts() {
    return false;
  }

  @Override
  public Duration atWorst(Timings timings, Duration lasted) {
    return isWaitedOut ? timings.leaseDuration() : Duration.ZERO;
  }
}
