package dev.leasehold.elector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.RecordedLease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The model of client-go writes what client-go was recorded to write. */
class ClientGoTest {

  private static final String NAME = "shared";
  private static final Duration LEASE_DURATION = Duration.ofSeconds(60);

  @Test
  void eachRecordedWriteIsWhatTheModelWritesFromTheVersionBefore() {
    List<RecordedLease> history = RecordedLease.all();
    int compared = 0;
    for (int i = 1; i < history.size(); i++) {
      LockRecord recorded = history.get(i).lock().record();
      if (history.get(i).byGo()) {
        LockRecord before = history.get(i - 1).lock().record();
        assertThat(modelled(before, recorded)).isEqualTo(recorded);
        compared++;
      }
    }
    assertThat(compared).isEqualTo(7);
  }

  private static LockRecord modelled(LockRecord before, LockRecord recorded) {
    Instant now = Objects.requireNonNull(recorded.renewed());
    String identity = recorded.isHeld() ? recorded.holder() : before.holder();
    MemoryLocks locks = new MemoryLocks();
    locks.force(NAME, before);
    ClientGo go = new ClientGo(locks, NAME, identity, LEASE_DURATION);
    assertThat(go.tryAcquireOrRenew(now)).isTrue();
    if (!recorded.isHeld()) {
      assertThat(go.release(now)).isTrue();
    }
    return locks.record(NAME);
  }
}
