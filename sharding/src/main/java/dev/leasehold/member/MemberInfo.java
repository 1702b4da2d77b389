package dev.leasehold.member;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.lock.LockRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a member announces on its Lease.
 *
 * @param controllers the controllers that it runs, with their bucket counts
 * @param state what it is up to
 */
public record MemberInfo(Map<String, Integer> controllers, MemberState state) {

  /** Copies the map. */
  public MemberInfo {
    controllers = Map.copyOf(controllers);
  }

  /** Whether the member could lead the bucket. */
  public boolean runs(Bucket bucket) {
    return controllers.getOrDefault(bucket.controller(), 0) == bucket.count();
  }

  /** The same member in another state. */
  public MemberInfo in(MemberState other) {
    return new MemberInfo(controllers, other);
  }

  /** The annotations that carry this. */
  public Map<String, String> annotations() {
    String list =
        new TreeMap<>(controllers)
            .entrySet().stream()
                .map(entry -> entry.getKey() + '=' + entry.getValue())
                .collect(Collectors.joining(","));
    return Map.of(LeaseMetadata.CONTROLLERS, list, LeaseMetadata.STATE, state.text());
  }

  /** Reads the annotations. What makes no sense is left out; nothing fails. */
  public static MemberInfo of(LockRecord record) {
    Map<String, Integer> controllers = new HashMap<>();
    for (String entry : record.annotation(LeaseMetadata.CONTROLLERS).split(",", -1)) {
      int equals = entry.indexOf('=');
      int count = equals < 0 ? 0 : count(entry.substring(equals + 1));
      if (count > 0) {
        controllers.put(entry.substring(0, equals), count);
      }
    }
    return new MemberInfo(controllers, MemberState.of(record.annotation(LeaseMetadata.STATE)));
  }

  private static int count(String digits) {
    boolean sane =
        !digits.isEmpty()
            && digits.length() <= 4
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    int count = sane ? Integer.parseInt(digits) : 0;
    return count >= Bucket.MIN_COUNT && count <= Bucket.MAX_COUNT ? count : 0;
  }
}
