package dev.leasehold.lock;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * What a write keeps of the version that it replaces.
 *
 * <p>Anybody may have written that version, and the API server judges each write by the whole of
 * its object. Whoever kept everything, and added its own, would be refused for what others have put
 * there, again and again; so what leaves no room isn't kept.
 */
public final class Kept {

  /** Of the 256 KiB that an API server takes for all annotations of an object. */
  private static final long MOST_BYTES = 128 * 1024;

  private Kept() {}

  /** The labels before, in a map that may be changed; none if there was no version before. */
  public static Map<String, String> labels(@Nullable LockRecord before) {
    return before == null ? new HashMap<>() : fitting(before.labels());
  }

  /** The annotations before, in a map that may be changed; none if there was no version before. */
  public static Map<String, String> annotations(@Nullable LockRecord before) {
    return before == null ? new HashMap<>() : fitting(before.annotations());
  }

  /**
   * How often a lock has changed hands. A negative number is refused by the API server, so the
   * count begins again where it can't go on.
   *
   * @param before the version before; null if there was none
   * @param changesHands whether it changes hands once more
   */
  public static int transitions(@Nullable LockRecord before, boolean changesHands) {
    int until = before == null ? 0 : before.transitions();
    if (until < 0 || (changesHands && until == Integer.MAX_VALUE)) {
      return 0;
    }
    return changesHands ? until + 1 : until;
  }

  /** The longest go first: what Leasehold itself writes is short. */
  private static Map<String, String> fitting(Map<String, String> all) {
    Map<String, String> kept = new HashMap<>(all);
    long bytes = all.entrySet().stream().mapToLong(Kept::bytes).sum();
    if (bytes > MOST_BYTES) {
      List<Entry<String, String>> longestFirst =
          all.entrySet().stream()
              .sorted(Comparator.comparingLong(Kept::bytes).reversed().thenComparing(Entry::getKey))
              .toList();
      for (Entry<String, String> each : longestFirst) {
        if (bytes > MOST_BYTES) {
          kept.remove(each.getKey());
          bytes -= bytes(each);
        }
      }
    }
    return kept;
  }

  private static long bytes(Entry<String, String> entry) {
    return (long) entry.getKey().getBytes(StandardCharsets.UTF_8).length
        + entry.getValue().getBytes(StandardCharsets.UTF_8).length;
  }
}
