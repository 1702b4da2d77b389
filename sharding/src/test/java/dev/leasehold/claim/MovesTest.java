package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How many buckets a replica gives away at once by its own will; two here. */
final class MovesTest {

  private static final Bucket A = new Bucket("page", 0, 4);
  private static final Bucket B = new Bucket("page", 1, 4);
  private static final Bucket C = new Bucket("page", 2, 4);
  private static final Bucket D = new Bucket("page", 3, 4);

  private final Set<Bucket> held = new HashSet<>();
  private final Moves moves = new Moves(() -> 2, bucket -> !held.contains(bucket));

  @Test
  void soManyBeginAndTheNextOneWaitsUntilOneHasEnded() {
    moves.begin(A);
    assertThat(moves.mayGo(B)).isTrue();
    moves.begin(B);
    assertThat(moves.mayGo(C)).isFalse();
    moves.stays(C, true);
    moves.stays(D, true);
    assertThat(moves.stays(A, false)).containsExactly(C);
    assertThat(moves.mayGo(C)).isTrue();
  }

  @Test
  void noneBeginsThatMayNotSetOutAndWhatHasBegunGoesOn() {
    held.addAll(List.of(A, B));
    assertThat(moves.mayGo(A)).isFalse();
    moves.begin(A);
    assertThat(moves.mayGo(A)).isTrue();
    assertThat(moves.mayGo(B)).isFalse();
  }

  @Test
  void oneThatMayNotSetOutIsPassedOverInTheLine() {
    moves.begin(A);
    moves.stays(B, true);
    moves.stays(C, true);
    held.add(B);
    assertThat(moves.stays(A, false)).containsExactly(C);
  }

  @Test
  void aBucketWhoseWorkDoesNotEndKeepsNoneWaiting() {
    moves.begin(A);
    moves.begin(B);
    moves.stays(C, true);
    assertThat(moves.makeRoom(A)).containsExactly(C);
    assertThat(moves.mayGo(A)).isTrue();
    moves.begin(A);
    assertThat(moves.mayGo(C)).isTrue();
    moves.begin(C);
    assertThat(moves.mayGo(D)).isFalse();
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
