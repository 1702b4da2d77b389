package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import org.junit.jupiter.api.Test;

/** How many buckets a replica gives away at once by its own will; two here. */
final class MovesTest {

  private static final Bucket A = new Bucket("page", 0, 4);
  private static final Bucket B = new Bucket("page", 1, 4);
  private static final Bucket C = new Bucket("page", 2, 4);
  private static final Bucket D = new Bucket("page", 3, 4);

  private final Moves moves = new Moves(2);

  @Test
  void soManyBeginAndTheNextOneWaitsUntilOneHasEnded() {
    moves.begin(A);
    assertThat(moves.mayGo(B, true)).isTrue();
    moves.begin(B);
    assertThat(moves.mayGo(C, true)).isFalse();
    moves.stays(C, true);
    moves.stays(D, true);
    assertThat(moves.stays(A, false)).containsExactly(C);
    assertThat(moves.mayGo(C, true)).isTrue();
  }

  @Test
  void noneBeginsWithoutCalmAndWhatHasBegunGoesOn() {
    assertThat(moves.mayGo(A, false)).isFalse();
    moves.begin(A);
    assertThat(moves.mayGo(A, false)).isTrue();
    assertThat(moves.mayGo(B, false)).isFalse();
  }

  @Test
  void aBucketWhoseWorkDoesNotEndKeepsNoneWaiting() {
    moves.begin(A);
    moves.begin(B);
    moves.stays(C, true);
    assertThat(moves.makeRoom(A)).containsExactly(C);
    assertThat(moves.mayGo(A, false)).isTrue();
    moves.begin(A);
    assertThat(moves.mayGo(C, true)).isTrue();
    moves.begin(C);
    assertThat(moves.mayGo(D, true)).isFalse();
  }

  @Test
  void whatNeverBeganMakesNoRoomButLetsTheNextOneComeBeforeIt() {
    moves.stays(B, true);
    assertThat(moves.stays(A, false)).isEmpty();
    moves.stays(C, true);
    moves.stays(D, true);
    assertThat(moves.stays(B, false)).containsExactly(C, D);
    assertThat(moves.leaveTheLine(C)).containsExactly(D);
    assertThat(moves.leaveTheLine(C)).isEmpty();
  }
}
