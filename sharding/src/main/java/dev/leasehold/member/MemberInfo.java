package dev.leasehold.member;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.election.Timings;
import dev.leasehold.lock.LockRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a member announces on its Lease.
 *
 * @param controllers the controllers that it runs, with their bucket counts
 * @param state what it is up to
 * @param earlierLives the uids of the Leases that the same process held before and lost, oldest
 *     first. They may look alive for as long as a lease duration and are not: whoever plans leaves
 *     them out
 */
public record MemberInfo(
    Map<String, Integer> controllers, MemberState state, List<String> earlierLives) {

  private static final List<String> ANNOTATIONS =
      List.of(LeaseMetadata.CONTROLLERS, LeaseMetadata.STATE, LeaseMetadata.EARLIER_LIVES);

  /** So many controllers a replica may run. */
  public static final int MOST_CONTROLLERS = 256;

  /** So many buckets all controllers of a replica may have. */
  public static final int MOST_BUCKETS = 16_384;

  /** What lies further back has long been fenced. */
  private static final int MOST_LIVES = 20;

  /** Copies both, and keeps the latest lives. */
  public MemberInfo {
    controllers = Map.copyOf(controllers);
    int lives = earlierLives.size();
    earlierLives = List.copyOf(earlierLives.subList(Math.max(0, lives - MOST_LIVES), lives));
  }

  /** A process in its first life. */
  public MemberInfo(Map<String, Integer> controllers, MemberState state) {
    this(controllers, state, List.of());
  }

  /**
   * Checks that a replica's controllers can be announced in full.
   *
   * @param controllers their bucket counts by name
   * @throws IllegalArgumentException if they are too many, or have too many buckets
   */
  public static void requireRoomFor(Map<String, Integer> controllers) {
    int buckets = controllers.values().stream().mapToInt(Integer::intValue).sum();
    if (controllers.size() > MOST_CONTROLLERS || buckets > MOST_BUCKETS) {
      throw new IllegalArgumentException(
          "A replica can run %d controllers with %d buckets in all, and these are %d with %d: use fewer buckets, or another component for some."
              .formatted(MOST_CONTROLLERS, MOST_BUCKETS, controllers.size(), buckets));
    }
  }

  /** Whether the member could lead the bucket. */
  public boolean runs(Bucket bucket) {
    return controllers.getOrDefault(bucket.controller(), 0) == bucket.count();
  }

  /** The same member in another state. */
  public MemberInfo in(MemberState other) {
    return new MemberInfo(controllers, other, earlierLives);
  }

  /** The same process after it has lost a member Lease. */
  public MemberInfo after(String lostUid) {
    List<String> lives = new ArrayList<>(earlierLives);
    lives.add(lostUid);
    return new MemberInfo(controllers, state, lives);
  }

  /** The annotations that carry this. */
  public Map<String, String> annotations() {
    return Map.of(
        LeaseMetadata.CONTROLLERS,
        Announced.text(controllers),
        LeaseMetadata.STATE,
        state.text(),
        LeaseMetadata.EARLIER_LIVES,
        String.join(",", earlierLives));
  }

  /** Reads the annotations. What makes no sense is left out; nothing fails. */
  public static MemberInfo of(LockRecord record) {
    String lives = record.annotation(LeaseMetadata.EARLIER_LIVES);
    return new MemberInfo(
        Announced.of(record.annotation(LeaseMetadata.CONTROLLERS)),
        MemberState.of(record.annotation(LeaseMetadata.STATE)),
        lives.isEmpty() ? List.of() : List.of(lives.split(",", -1)));
  }

  /** Whether two records announce the same, word for word. */
  static boolean isSameOn(LockRecord one, LockRecord other) {
    return ANNOTATIONS.stream().allMatch(key -> one.annotation(key).equals(other.annotation(key)));
  }

  /**
   * The lease duration of a member as its Lease has it, or a bucket's that it holds: the announced
   * one. Without that a Lease may say less than its member goes by, as somebody has edited it.
   *
   * @param record what the Lease says
   * @param longestNanos the longest duration known, for a Lease whose own makes no sense
   */
  public static long durationNanosOn(LockRecord record, long longestNanos) {
    int announced = Announced.number(record.annotation(LeaseMetadata.DURATION));
    if (announced > 0 && announced <= Timings.MAX_LEASE_DURATION.toSeconds()) {
      return Duration.ofSeconds(announced).toNanos();
    }
    return record.hasSaneDuration()
        ? Math.max(Duration.ofSeconds(record.durationSeconds()).toNanos(), longestNanos)
        : longestNanos;
  }
}
