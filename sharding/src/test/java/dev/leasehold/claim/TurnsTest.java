package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One giver after the other for each that is given to; a turn is waited for 2 s here. */
final class TurnsTest {

  private static final long PATIENCE = 2_000_000_000L;

  private final Turns turns = new Turns(Duration.ofNanos(PATIENCE));
  private final List<Plan.Move> moves = new ArrayList<>();
  private final Set<String> dead = new HashSet<>();
  private final Set<String> leaving = new HashSet<>();

  @Test
  void ofSeveralThatGiveToOneTheNextComesWhenTheFirstHasGivenAll() {
    give("a", "new", 2);
    give("b", "new", 1);
    take(0);
    assertThat(givers("new")).containsExactly("a");
    given("a", "new");
    take(1);
    assertThat(givers("new")).containsExactly("a");
    given("a", "new");
    take(2);
    assertThat(givers("new")).containsExactly("b");
  }

  @Test
  void whoeverGivesToAnotherWaitsForNobody() {
    give("a", "new", 1);
    give("b", "newer", 1);
    take(0);
    assertThat(turns.takersFrom("a")).containsExactly("new");
    assertThat(turns.takersFrom("b")).containsExactly("newer");
  }

  @Test
  void whoeverLeavesComesFirst() {
    leaving.add("b");
    give("a", "new", 1);
    give("b", "new", 1);
    take(0);
    assertThat(givers("new")).containsExactly("b");
  }

  @Test
  void aGiverThatGivesNothingKeepsItsTurnAndIsNoLongerWaitedFor() {
    give("a", "new", 2);
    give("b", "new", 1);
    give("c", "new", 1);
    take(0);
    assertThat(turns.wakeAt()).isEqualTo(PATIENCE);
    take(PATIENCE - 1);
    assertThat(givers("new")).containsExactly("a");
    take(PATIENCE);
    assertThat(givers("new")).containsExactlyInAnyOrder("a", "b");
    assertThat(turns.wakeAt()).isEqualTo(2 * PATIENCE);
    take(2 * PATIENCE);
    assertThat(givers("new")).containsExactlyInAnyOrder("a", "b", "c");
    take(3 * PATIENCE);
    assertThat(turns.wakeAt()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void eachBucketThatIsGivenRenewsThePatience() {
    give("a", "new", 2);
    give("b", "new", 1);
    take(0);
    given("a", "new");
    take(PATIENCE - 1);
    take(PATIENCE);
    assertThat(givers("new")).containsExactly("a");
    assertThat(turns.wakeAt()).isEqualTo(2 * PATIENCE - 1);
  }

  @Test
  void theDeadAndThoseWithoutAHolderGiveNothing() {
    dead.add("a");
    give("a", "new", 1);
    give("b", "new", 1);
    moves.add(new Plan.Move(new Bucket("page", 9, 10), Optional.empty(), "new"));
    take(0);
    assertThat(givers("new")).containsExactly("b");
  }

  @Test
  void whenNothingIsToBeMovedAllTurnsAreOver() {
    give("a", "new", 1);
    take(0);
    moves.clear();
    take(1);
    assertThat(givers("new")).isEmpty();
    assertThat(turns.wakeAt()).isEqualTo(Long.MAX_VALUE);
  }

  private void give(String giver, String taker, int count) {
    for (int i = 0; i < count; i++) {
      moves.add(new Plan.Move(new Bucket("page", moves.size(), 10), Optional.of(giver), taker));
    }
  }

  private void given(String giver, String taker) {
    moves.remove(
        moves.stream()
            .filter(move -> move.from().equals(Optional.of(giver)) && move.to().equals(taker))
            .findFirst()
            .orElseThrow());
  }

  private void take(long nanos) {
    turns.take(
        new Plan(Map.of(), moves),
        holder -> !dead.contains(holder),
        holder -> !leaving.contains(holder),
        nanos);
  }

  private List<String> givers(String taker) {
    return List.of("a", "b", "c").stream()
        .filter(giver -> turns.takersFrom(giver).contains(taker))
        .toList();
  }
}
