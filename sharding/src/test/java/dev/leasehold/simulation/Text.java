package dev.leasehold.simulation;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.election.ElectionAnnotations;
import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Outcome;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Spells records and events for the timeline, short enough to be read in hundreds. */
final class Text {

  private Text() {}

  static String of(@Nullable LockRecord record) {
    if (record == null) {
      return "";
    }
    StringBuilder text = new StringBuilder("{").append(record.holder());
    append(text, "uid", record.annotation(LeaseMetadata.MEMBER_UID));
    append(text, "handed-over-by", record.annotation(LeaseMetadata.HANDED_OVER_BY));
    append(text, "released-by", record.annotation(LeaseMetadata.RELEASED_BY));
    append(text, "fenced", record.annotation(LeaseMetadata.FENCED));
    append(text, "state", record.annotation(LeaseMetadata.STATE));
    append(text, "write", record.annotation(ElectionAnnotations.WRITE));
    return text.append(' ').append(record.durationSeconds()).append("s}").toString();
  }

  static String of(LockSnapshot lock) {
    return lock.name()
        + "@"
        + lock.version().uid()
        + "/"
        + lock.version()
        + " "
        + of(lock.record());
  }

  static String of(Outcome outcome) {
    return outcome instanceof Outcome.Written written
        ? "written " + written.version().uid() + "/" + written.version()
        : outcome.toString();
  }

  static String of(LockEvent event) {
    if (event instanceof LockEvent.Changed changed) {
      return "sees " + of(changed.lock());
    }
    if (event instanceof LockEvent.Deleted deleted) {
      return "sees deleted " + deleted.name() + "@" + deleted.version();
    }
    return "sees list "
        + ((LockEvent.Listed) event)
            .locks().stream().map(Text::of).collect(Collectors.joining(", "));
  }

  private static void append(StringBuilder text, String key, String value) {
    if (!value.isEmpty()) {
      text.append(' ').append(key).append('=').append(value);
    }
  }
}
