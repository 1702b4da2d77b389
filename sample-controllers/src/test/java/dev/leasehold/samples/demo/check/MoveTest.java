package dev.leasehold.samples.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoveTest {

  private static final Duration PLANNED = Duration.ofSeconds(2);
  private static final Duration KILLED = Duration.ofSeconds(4);

  @Test
  void aMoveLastsFromTheDemotionToTheNextPromotion() {
    History history =
        new Traces()
            .promoted(10, "a", 3, 7)
            .demoted(100, "a", 3, 7)
            .promoted(112, "b", 3, 9)
            .history();

    assertThat(Move.of(history))
        .containsExactly(
            new Move(
                new BucketId("webpage", 3),
                "a_1",
                "b_1",
                112 * Traces.MILLI,
                12 * Traces.MILLI,
                Move.Kind.PLANNED));
  }

  @Test
  void afterAKillItLastsFromTheKill() {
    History history =
        new Traces().promoted(10, "a", 3, 7).killed(100, "a").promoted(3112, "b", 3, 9).history();

    Move move = Move.of(history).get(0);
    assertThat(move.kind()).isEqualTo(Move.Kind.KILLED);
    assertThat(move.gapNanos()).isEqualTo(3012 * Traces.MILLI);
  }

  @Test
  void aBucketThatIsOpenedAgainByItsHolderHasNotMoved() {
    History history =
        new Traces()
            .promoted(10, "a", 3, 7)
            .demoted(100, "a", 3, 7)
            .promoted(112, "a", 3, 9)
            .history();

    assertThat(Move.of(history)).isEmpty();
  }

  @Test
  void whatALostMembershipMovedIsToldApart() {
    History history =
        new Traces()
            .promoted(10, "a", 3, 7)
            .demoted(100, "a", 3, 7)
            .promoted(5000, "b", 3, 9)
            .promoted(5001, "a_2", 4, 10)
            .history();

    assertThat(Move.of(history)).extracting(Move::kind).containsExactly(Move.Kind.LOST);
    assertThat(Move.gapsAreShort(Move.of(history), PLANNED, KILLED)).isEmpty();
  }

  @Test
  void aLongGapIsFound() {
    assertThat(gaps(2000, Move.Kind.PLANNED)).isEmpty();
    assertThat(gaps(2001, Move.Kind.PLANNED))
        .singleElement()
        .asString()
        .contains("webpage 3", "gap of 2001 ms");
    assertThat(gaps(2001, Move.Kind.KILLED)).isEmpty();
    assertThat(gaps(4001, Move.Kind.KILLED)).hasSize(1);
  }

  @Test
  void aBucketThatIsOpenAtTwoReplicasIsFound() {
    History history =
        new Traces()
            .promoted(10, "a", 3, 7)
            .demoted(100, "a", 3, 7)
            .promoted(99, "b", 3, 9)
            .history();

    assertThat(Move.gapsAreShort(Move.of(history), PLANNED, KILLED))
        .singleElement()
        .asString()
        .contains("before a_1 had closed it");
  }

  @Test
  void aHolderThatNeverClosesABucketIsFound() {
    History history = new Traces().promoted(10, "a", 3, 7).promoted(99, "b", 3, 9).history();

    assertThat(Move.gapsAreShort(Move.of(history), PLANNED, KILLED)).hasSize(1);
  }

  private static List<String> gaps(long millis, Move.Kind kind) {
    return Move.gapsAreShort(
        List.of(new Move(new BucketId("webpage", 3), "a", "b", 0, millis * Traces.MILLI, kind)),
        PLANNED,
        KILLED);
  }
}
