package dev.leasehold.election;

import dev.leasehold.lock.Kept;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.time.Now;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the records that an election writes. What others put on the lock is {@link Kept}. */
final class ElectionRecords {

  private ElectionRecords() {}

  static LockRecord of(
      Attempt.Purpose purpose,
      ElectionSettings settings,
      long attempt,
      @Nullable LockSnapshot present,
      Map<String, String> labels,
      Map<String, String> annotations,
      Now now) {
    LockRecord before = present == null ? null : present.record();
    Map<String, String> allLabels = Kept.labels(before);
    allLabels.putAll(labels);
    Map<String, String> allAnnotations = Kept.annotations(before);
    allAnnotations.putAll(annotations);
    allAnnotations.remove(ElectionAnnotations.RELEASED);
    allAnnotations.put(ElectionAnnotations.WRITE, settings.run() + "." + attempt);

    Instant wall = Instant.ofEpochMilli(now.wallMillis());
    int transitions = Kept.transitions(before, false);
    return switch (purpose) {
      case ACQUIRE -> {
        boolean changesHands = before != null && !before.holder().equals(settings.identity());
        yield new LockRecord(
            settings.identity(),
            settings.timings().leaseDurationSeconds(),
            wall,
            wall,
            Kept.transitions(before, changesHands),
            allLabels,
            allAnnotations);
      }
      case RENEW ->
          new LockRecord(
              settings.identity(),
              settings.timings().leaseDurationSeconds(),
              before == null ? wall : before.acquired(),
              wall,
              transitions,
              allLabels,
              allAnnotations);
      case RELEASE -> {
        allAnnotations.put(ElectionAnnotations.RELEASED, settings.identity());
        yield new LockRecord(
            "",
            LockView.RELEASED_DURATION_SECONDS,
            wall,
            wall,
            transitions,
            allLabels,
            allAnnotations);
      }
    };
  }
}
