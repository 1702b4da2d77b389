package dev.leasehold.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That nothing which others put on a lock has the next write refused. */
final class KeptTest {

  @ParameterizedTest
  @CsvSource({
    "0, false, 0",
    "0, true, 1",
    "41, true, 42",
    "2147483647, false, 2147483647",
    "2147483647, true, 0",
    "-1, false, 0",
    "-1, true, 0",
    "-2147483648, true, 0"
  })
  void theCountOfTransitionsIsNeverNegative(int before, boolean changesHands, int after) {
    assertThat(Kept.transitions(record(before, Map.of()), changesHands)).isEqualTo(after);
  }

  @Test
  void whatFitsIsKept() {
    Map<String, String> some = Map.of("example.com/a", "1", "example.com/b", "2");
    LockRecord record = record(0, some);
    assertThat(Kept.annotations(record)).isEqualTo(some);
    assertThat(Kept.labels(record)).isEqualTo(some);
    assertThat(Kept.annotations(null)).isEmpty();
    assertThat(Kept.transitions(null, true)).isEqualTo(1);
  }

  @Test
  void whatLeavesNoRoomGoesTheLongestFirst() {
    Map<String, String> full = new HashMap<>(Map.of("leasehold.dev/member-uid", "u1"));
    full.put("example.com/long", "x".repeat(100_000));
    // Two bytes each as they are sent.
    full.put("example.com/longer", "ü".repeat(60_000));
    assertThat(Kept.annotations(record(0, full)))
        .containsOnlyKeys("leasehold.dev/member-uid", "example.com/long");
  }

  private static LockRecord record(int transitions, Map<String, String> metadata) {
    return new LockRecord("somebody", 15, null, null, transitions, metadata, metadata);
  }
}
