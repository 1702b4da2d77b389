package dev.leasehold.e2e.cluster;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;

/** Leases as these tests write them, all in the namespace {@value #NAMESPACE}. */
final class Leases {

  static final String NAMESPACE = "default";
  static final String LABEL = "leasehold.dev/test";

  private Leases() {}

  static Lease of(String name, String holder) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .addToLabels(LABEL, "control-plane")
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(holder)
        .withLeaseDurationSeconds(15)
        .endSpec()
        .build();
  }

  static Lease heldBy(Lease lease, String holder) {
    return new LeaseBuilder(lease).editSpec().withHolderIdentity(holder).endSpec().build();
  }
}
