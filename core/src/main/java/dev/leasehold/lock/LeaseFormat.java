package dev.leasehold.lock;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpecBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates between Leases and what they mean to an election. Any Lease translates. */
final class LeaseFormat {

  private LeaseFormat() {}

  static LockSnapshot snapshot(Lease lease) {
    ObjectMeta metadata = lease.getMetadata();
    return new LockSnapshot(metadata.getName(), version(metadata), record(lease));
  }

  static Version version(ObjectMeta metadata) {
    return Version.of(metadata.getUid(), metadata.getResourceVersion());
  }

  static Lease lease(String namespace, String name, @Nullable Version expected, LockRecord record) {
    return new LeaseBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(expected == null ? null : expected.uid())
                .withResourceVersion(expected == null ? null : expected.resourceVersion())
                .withLabels(record.labels())
                .withAnnotations(record.annotations())
                .build())
        .withSpec(
            new LeaseSpecBuilder()
                .withHolderIdentity(record.holder())
                .withLeaseDurationSeconds(record.durationSeconds())
                .withAcquireTime(zoned(record.acquired()))
                .withRenewTime(zoned(record.renewed()))
                .withLeaseTransitions(record.transitions())
                .build())
        .build();
  }

  private static LockRecord record(Lease lease) {
    ObjectMeta metadata = lease.getMetadata();
    LeaseSpec spec = lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
    return new LockRecord(
        spec.getHolderIdentity() == null ? "" : spec.getHolderIdentity(),
        number(spec.getLeaseDurationSeconds()),
        instant(spec.getAcquireTime()),
        instant(spec.getRenewTime()),
        number(spec.getLeaseTransitions()),
        orEmpty(metadata.getLabels()),
        orEmpty(metadata.getAnnotations()));
  }

  private static int number(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }

  private static @Nullable Instant instant(@Nullable ZonedDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static @Nullable ZonedDateTime zoned(@Nullable Instant time) {
    return time == null ? null : time.atZone(ZoneOffset.UTC);
  }
}
