package dev.leasehold.election;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | 400 | 100 | The lease duration is 500 ms; a Lease holds whole seconds: choose from 1 s to 1 h.",
        "3601000 | 10000 | 2000 | The lease duration is 3601 s; a Lease holds whole seconds: choose from 1 s to 1 h.",
        "-1000 | 10000 | 2000 | The lease duration is -1 s; a Lease holds whole seconds: choose from 1 s to 1 h.",
        "10000 | 10000 | 2000 | The renew deadline (10 s) must be shorter than the lease duration (10 s).",
        "15000 | 2000 | 2000 | The retry period (2 s) must be shorter than the renew deadline (2 s).",
        "15000 | 10000 | 9 | The retry period (9 ms) must be at least 10 ms."
      })
  void wrongPeriodsAreRefusedWithASentence(long lease, long deadline, long retry, String sentence) {
    assertThatThrownBy(
            () ->
                new Timings(
                    Duration.ofMillis(lease),
                    Duration.ofMillis(deadline),
                    Duration.ofMillis(retry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
