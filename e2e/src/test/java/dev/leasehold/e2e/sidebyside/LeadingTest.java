package dev.leasehold.e2e.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeadingTest {

  @Test
  void whoHasCeasedNoLongerLeads() {
    List<Line> said =
        List.of(
            Line.parse("leading a 1"),
            Line.parse("leading b 2"),
            Line.parse("ceasing a 3"),
            Line.parse("ceasing a 4"),
            Line.parse("leading a 5"),
            Line.parse("ceasing b 6"),
            Line.parse("run key 7 0"));

    assertThat(Leading.by(said)).isEqualTo(Map.of("a", 5L));
  }

  @Test
  void sharesWithinOneOfEachOtherAreBalanced() {
    assertThat(Leading.isBalanced(3, List.of(Set.of("a", "b"), Set.of("c")))).isTrue();
    assertThat(Leading.isBalanced(4, List.of(Set.of("a", "b", "c"), Set.of("d")))).isFalse();
  }

  @Test
  void aLockThatTwoLeadIsNotALockThatNobodyLeadsMadeUpFor() {
    assertThat(Leading.isBalanced(4, List.of(Set.of("a", "b"), Set.of("a", "c")))).isFalse();
  }

  @Test
  void nothingIsBalancedBeforeEverythingIsLed() {
    assertThat(Leading.isBalanced(3, List.of(Set.of("a"), Set.of("b")))).isFalse();
  }
}
