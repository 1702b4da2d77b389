package dev.leasehold.member;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseNames;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a member's Lease spells the controllers that it runs: {@code publisher=4,webpage=8}.
 *
 * <p>Every replica plans for what every member announces, and anybody may have written that. So
 * what no replica can run isn't read, and of the rest no more than one replica may run, in the
 * order of the names: all replicas leave out the same.
 */
final class Announced {

  private static final int MOST_DIGITS = 4;

  private Announced() {}

  static String text(Map<String, Integer> controllers) {
    return new TreeMap<>(controllers)
        .entrySet().stream()
            .map(entry -> entry.getKey() + '=' + entry.getValue())
            .collect(Collectors.joining(","));
  }

  static Map<String, Integer> of(String text) {
    SortedMap<String, Integer> possible = new TreeMap<>();
    for (String entry : text.split(",", -1)) {
      int equals = entry.indexOf('=');
      String name = equals < 0 ? "" : entry.substring(0, equals);
      int count = equals < 0 ? 0 : count(entry.substring(equals + 1));
      if (count > 0 && LeaseNames.isController(name)) {
        possible.put(name, count);
      }
    }
    SortedMap<String, Integer> fitting = new TreeMap<>();
    int room = MemberInfo.MOST_BUCKETS;
    for (Map.Entry<String, Integer> each : possible.entrySet()) {
      if (fitting.size() < MemberInfo.MOST_CONTROLLERS && each.getValue() <= room) {
        fitting.put(each.getKey(), each.getValue());
        room -= each.getValue();
      }
    }
    return fitting;
  }

  private static int count(String digits) {
    int count = number(digits);
    return count >= Bucket.MIN_COUNT && count <= Bucket.MAX_COUNT ? count : 0;
  }

  /** The number that the digits stand for; 0 if they are too many, or others. */
  static int number(String digits) {
    boolean sane =
        !digits.isEmpty()
            && digits.length() <= MOST_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return sane ? Integer.parseInt(digits) : 0;
  }
}
