package dev.leasehold.e2e.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTest {

  @Test
  void readsWhatAContenderSays() {
    assertThat(Line.parse("leading lock-7 42")).isEqualTo(new Line("leading", "lock-7", 42, ""));
    assertThat(Line.parse("failed stop 43 No such lock"))
        .isEqualTo(new Line("failed", "stop", 43, "No such lock"));
  }
}
