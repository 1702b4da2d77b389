package dev.leasehold.e2e.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueuePartTest {

  @Test
  void delaysAreFittedForEachQueueWithoutTheTimesOfWhatNeverCame() {
    List<List<String>> rows =
        List.of(
            List.of("ours", "1000", "0", "0.5 ms", "2.0 ms", "3.0 ms"),
            List.of("peer", "1000", "900", "1.0 ms", "2.0 ms", "2.0 ms"),
            List.of("ours", "2000", "0", "0.5 ms", "3.0 ms", "4.0 ms"),
            List.of("peer", "2000", "2000", "-", "-", "-"),
            List.of("ours", "3000", "0", "0.5 ms", "4.0 ms", "9.0 ms"),
            List.of("peer", "3000", "3100", "1.0 ms", "2.0 ms", "2.0 ms"));

    assertThat(Growth.rows(QueuePart.growths(rows)))
        .containsExactly(
            List.of("ours", "lost", "0", "0", "1.000", "1,000, 2,000, 3,000"),
            List.of("ours", "late at p50, ms", "0", "0.500", "1.000", "1,000, 2,000, 3,000"),
            List.of("ours", "late at p99.9, ms", "0.00100", "1", "1.000", "1,000, 2,000, 3,000"),
            List.of("peer", "lost", "1.10", "-200", "1.000", "1,000, 2,000, 3,000"),
            List.of("peer", "late at p50, ms", "-", "-", "-", "1,000, 3,000: too few"),
            List.of("peer", "late at p99.9, ms", "-", "-", "-", "1,000, 3,000: too few"));
  }
}
