package dev.leasehold.simulation;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import java.util.List;
import java.util.Map;

/**
 * Gives the members of a simulation equal shares of a controller's buckets before any of them is
 * ready, as if they had led them all along. A start of many replicas takes far longer to simulate
 * than what is to be seen after it.
 */
final class PlantedClaims {

  private static final LeaseNames NAMES = LeaseNames.of(Simulation.COMPONENT);

  private PlantedClaims() {}

  static void plant(ApiServer server, String controller, int buckets) {
    List<LockSnapshot> members =
        server.selected().stream()
            .filter(lock -> NAMES.bucketNamed(lock.name()).isEmpty())
            .toList();
    for (Bucket bucket : BucketSet.of(controller, buckets, KeyHash.NAME).buckets()) {
      LockSnapshot holder = members.get(bucket.index() % members.size());
      var unused = server.create(NAMES.bucket(bucket), record(bucket, holder));
    }
  }

  private static LockRecord record(Bucket bucket, LockSnapshot holder) {
    return new LockRecord(
        holder.record().holder(),
        holder.record().durationSeconds(),
        null,
        null,
        0,
        LeaseMetadata.labels(Simulation.COMPONENT, bucket),
        Map.of(
            LeaseMetadata.MEMBER,
            holder.name(),
            LeaseMetadata.MEMBER_UID,
            holder.version().uid(),
            LeaseMetadata.DURATION,
            Integer.toString(holder.record().durationSeconds())));
  }
}
