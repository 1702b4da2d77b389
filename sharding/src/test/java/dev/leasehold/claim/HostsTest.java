package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long newcomers are looked at, by what became of those before them. */
final class HostsTest {

  private static final long MEMORY = Hosts.MEMORY.toNanos();

  private final Hosts hosts = new Hosts();

  @Test
  void eachFurtherEndOnAHostDoublesThePatienceUpToALimit() {
    int[] patience = new int[8];
    for (int ends = 0; ends < patience.length; ends++) {
      patience[ends] = hosts.patience("web-0_00000000", ends);
      hosts.ended("web-0_0000000" + ends, ends);
    }
    assertThat(patience)
        .containsExactly(1, 1, 2, 4, 8, 16, Hosts.MOST_PATIENCE, Hosts.MOST_PATIENCE);
    assertThat(hosts.patience("web-1_00000000", 9)).isEqualTo(1);
  }

  @Test
  void aHostWithoutAnEndForAWhileStartsAnew() {
    hosts.ended("web-0_1", 0);
    hosts.ended("web-0_2", MEMORY - 1);
    assertThat(hosts.patience("web-0_3", 2 * MEMORY - 2)).isEqualTo(2);
    assertThat(hosts.patience("web-0_3", 2 * MEMORY - 1)).isEqualTo(1);
    hosts.ended("web-0_3", 3 * MEMORY);
    assertThat(hosts.patience("web-0_4", 3 * MEMORY)).isEqualTo(1);
  }

  @Test
  void ofNamesWithoutAnEndOnlyTheLastAreKept() {
    hosts.ended("web-0_1", 0);
    hosts.ended("web-0_2", 0);
    for (int i = 0; i < 1000; i++) {
      hosts.ended("made-up-" + i, 1);
    }
    assertThat(hosts.patience("web-0_3", 2)).isEqualTo(1);
  }
}
