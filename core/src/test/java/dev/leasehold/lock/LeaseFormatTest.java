package dev.leasehold.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaseFormatTest {

  static LockRecord record(String holder) {
    Instant then = Instant.parse("2026-01-02T03:04:05.678901Z");
    return new LockRecord(holder, 15, then, then, 2, Map.of(), Map.of("k", "v"));
  }

  @Test
  void aRecordSurvivesTheWayThroughALease() {
    var format = new LeaseFormat();
    var version = new Version("u", 9);
    var lease = format.object("ns", "n", version, Foreign.NONE, record("me"));
    assertThat(format.snapshot(lease).record()).isEqualTo(record("me"));
    assertThat(format.snapshot(lease).version()).isEqualTo(version);
  }

  @Test
  void aReleaseIsWrittenAsAnEmptyHolderAndNotLeftOut() {
    var lease = new LeaseFormat().object("ns", "n", null, Foreign.NONE, record(""));
    assertThat(lease.getSpec().getHolderIdentity()).isEmpty();
  }
}
