package dev.leasehold.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.lock.RecordedLease;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A candidate looks on while client-go and our elector lead by one Lease in turns. */
class RecordedLeasesTest {

  private static final double END = 110;

  private final List<RecordedLease> history = RecordedLease.all();

  @Test
  void anOnlookerReachesForTheLeaseOnlyWhenItsHolderHasReleasedItOrFellSilentForItsDuration() {
    List<Long> reachedAfter = new ArrayList<>();
    boolean reaches = false;
    var s = Scenario.shared().at(history.get(0).seconds()).lists(history.get(0).lock());
    for (int i = 0; i < history.size(); i++) {
      s.sees(history.get(i).lock());
      if (reaches) {
        // The one who was quicker is seen before the refusal comes.
        s.answersConflict();
      }
      s.at(untilAfter(i));
      reaches = s.writes().size() > reachedAfter.size();
      if (reaches) {
        reachedAfter.add(history.get(i).lock().version().number());
      }
    }
    assertThat(reachedAfter).containsExactlyElementsOf(freed());
    assertThat(reachedAfter).as("a release by each, and a crash of client-go's").hasSize(4);
  }

  private double untilAfter(int version) {
    return version + 1 < history.size() ? history.get(version + 1).seconds() : END;
  }

  /** The versions after which the lock was to be had, by the recorded holders' own account. */
  private List<Long> freed() {
    List<Long> freed = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      RecordedLease lease = history.get(i);
      boolean silent = untilAfter(i) - lease.seconds() >= lease.lock().record().durationSeconds();
      if (!lease.lock().record().isHeld() || silent) {
        freed.add(lease.lock().version().number());
      }
    }
    return freed;
  }

  @Test
  void neitherEverTookWhatTheOtherHeld() {
    for (int i = 1; i < history.size(); i++) {
      RecordedLease before = history.get(i - 1);
      RecordedLease after = history.get(i);
      if (before.byGo() != after.byGo() && before.lock().record().isHeld()) {
        assertThat(after.seconds() - before.seconds())
            .as("silence before " + after.lock().version())
            .isGreaterThanOrEqualTo(before.lock().record().durationSeconds());
      }
    }
    assertThat(history).extracting(RecordedLease::byGo).contains(true, false);
  }

  @Test
  void transitionsGrowWithEachChangeOfHands() {
    for (int i = 1; i < history.size(); i++) {
      var before = history.get(i - 1).lock().record();
      var after = history.get(i).lock().record();
      boolean changed = after.isHeld() && !after.holder().equals(before.holder());
      assertThat(after.transitions()).isEqualTo(before.transitions() + (changed ? 1 : 0));
    }
  }
}
