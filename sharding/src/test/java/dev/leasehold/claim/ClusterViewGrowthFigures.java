package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Version;
import dev.leasehold.member.MemberInfo;
import dev.leasehold.member.MemberState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What one replica's view of all Leases takes of its heap, with Leases as an API server sends them:
 * no two share a string. Run by name, as {@code GrowthFigures} is.
 */
class ClusterViewGrowthFigures {

  private static final LeaseNames NAMES = LeaseNames.of("shop");
  private static final int SECONDS = 15;

  /** As {@code GrowthFigures} has it. */
  private static final int CONTROLLERS = 4;

  /** A Lease has names, labels and annotations of some hundred bytes, and there are maps. */
  private static final long LEAST_A_BUCKET = 500;

  private static final long MOST_A_BUCKET = 4_000;

  @ParameterizedTest
  @CsvSource({"10, 1000", "30, 3000", "100, 10000"})
  @SuppressWarnings("SystemOut") // Figures are for whoever asked for them.
  void aBucketTakesAsMuchHoweverManyThereAre(int replicas, int buckets) {
    long before = usedBytes();
    ClusterView view = new ClusterView(NAMES, Duration.ofSeconds(SECONDS));
    var unused = view.apply(new LockEvent.Listed(leases(replicas, buckets)), 0, Set.of());
    long used = usedBytes() - before;
    // It is still needed here, or a collector could have had it before.
    assertThat(view.holders()).hasSize(buckets);
    System.out.printf(
        Locale.ROOT,
        "A view of %d replicas and %d buckets: %.1f MB, %d bytes a bucket%n",
        replicas,
        buckets,
        used / 1e6,
        used / buckets);
    assertThat(used / buckets).isBetween(LEAST_A_BUCKET, MOST_A_BUCKET);
  }

  private static List<LockSnapshot> leases(int replicas, int buckets) {
    List<LockSnapshot> all = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      all.add(member(i, buckets));
    }
    for (int i = 0; i < buckets; i++) {
      Bucket bucket = new Bucket("page-" + i % CONTROLLERS, i / CONTROLLERS, buckets / CONTROLLERS);
      all.add(bucket(bucket, replicas + 1 + i, i % replicas));
    }
    return all;
  }

  private static LockSnapshot member(int number, int buckets) {
    Map<String, String> annotations =
        new HashMap<>(
            new MemberInfo(Map.of("page-0", buckets / CONTROLLERS), MemberState.READY)
                .annotations());
    annotations.put(LeaseMetadata.DURATION, Integer.toString(SECONDS));
    return new LockSnapshot(
        NAMES.member(identity(number)),
        new Version(uid(number), number + 1),
        new LockRecord(
            identity(number),
            SECONDS,
            null,
            Instant.EPOCH,
            0,
            fresh(LeaseMetadata.memberLabels("shop")),
            fresh(annotations)));
  }

  private static LockSnapshot bucket(Bucket bucket, int number, int holder) {
    return new LockSnapshot(
        NAMES.bucket(bucket),
        new Version(uid(number), number),
        new LockRecord(
            identity(holder),
            SECONDS,
            Instant.ofEpochMilli(number),
            null,
            1,
            fresh(LeaseMetadata.labels("shop", bucket)),
            fresh(
                Map.of(
                    LeaseMetadata.MEMBER,
                    NAMES.member(identity(holder)),
                    LeaseMetadata.MEMBER_UID,
                    uid(holder),
                    LeaseMetadata.DURATION,
                    Integer.toString(SECONDS)))));
  }

  private static String identity(int number) {
    return "shop-7d4b9c6f5-x%03d_%08x".formatted(number, number);
  }

  private static String uid(int number) {
    return "%08x-0000-4000-8000-%012x".formatted(number, number);
  }

  /** The same with strings of its own, as each message of the API server brings them. */
  private static Map<String, String> fresh(Map<String, String> map) {
    Map<String, String> copy = new HashMap<>();
    map.forEach((key, value) -> copy.put(key, String.valueOf(value.toCharArray())));
    return copy;
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
