package dev.leasehold.lock;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpecBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Leases ({@code coordination.k8s.io/v1}), with the fields of their spec. */
final class LeaseFormat implements LockFormat<Lease> {

  @Override
  public Class<Lease> type() {
    return Lease.class;
  }

  @Override
  public String kind() {
    return "Lease";
  }

  @Override
  public String api() {
    return "/apis/coordination.k8s.io/v1";
  }

  @Override
  public String plural() {
    return "leases";
  }

  @Override
  public LockRecord record(Lease lease) {
    ObjectMeta metadata = lease.getMetadata();
    LeaseSpec spec = lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
    return new LockRecord(
        spec.getHolderIdentity() == null ? "" : spec.getHolderIdentity(),
        number(spec.getLeaseDurationSeconds()),
        instant(spec.getAcquireTime()),
        instant(spec.getRenewTime()),
        number(spec.getLeaseTransitions()),
        LockFormat.orEmpty(metadata.getLabels()),
        LockFormat.orEmpty(metadata.getAnnotations()));
  }

  @Override
  public Lease object(@Nullable Lease before, ObjectMeta metadata, LockRecord record) {
    LeaseSpec specBefore = before == null ? null : before.getSpec();
    LeaseSpecBuilder spec =
        specBefore == null ? new LeaseSpecBuilder() : new LeaseSpecBuilder(specBefore);
    return (before == null ? new LeaseBuilder() : new LeaseBuilder(before))
        .withMetadata(metadata)
        .withSpec(
            spec.withHolderIdentity(record.holder())
                .withLeaseDurationSeconds(record.durationSeconds())
                .withAcquireTime(zoned(record.acquired()))
                .withRenewTime(zoned(record.renewed()))
                .withLeaseTransitions(record.transitions())
                .build())
        .build();
  }

  private static int number(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  private static @Nullable Instant instant(@Nullable ZonedDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static @Nullable ZonedDateTime zoned(@Nullable Instant time) {
    return time == null ? null : time.atZone(ZoneOffset.UTC);
  }
}
