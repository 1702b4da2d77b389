package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many writes are sent at once, and which come next; two here. */
final class WriteLineTest {

  private static final Bucket A = new Bucket("page", 0, 5);
  private static final Bucket B = new Bucket("page", 1, 5);
  private static final Bucket C = new Bucket("page", 2, 5);
  private static final Bucket D = new Bucket("page", 3, 5);
  private static final Bucket E = new Bucket("page", 4, 5);

  private final WriteLine line = new WriteLine(2);

  @Test
  void soManyAreSentAndEachAnswerLetsTheNextOneCome() {
    line.send(D);
    assertThat(line.hasRoomFor(E)).isTrue();
    line.send(E);
    assertThat(line.hasRoomFor(A)).isFalse();
    line.waitFor(B, true);
    line.waitFor(A, true);
    assertThat(line.call()).isEmpty();
    line.answered(E);
    assertThat(line.call()).contains(A);
    assertThat(line.hasRoomFor(A)).isTrue();
    line.send(A);
    assertThat(line.sent()).containsExactlyInAnyOrder(D, A);
    assertThat(line.call()).isEmpty();
  }

  @Test
  void whoeverIsCalledHoldsItsPlaceUntilItIsDecidedAbout() {
    line.send(D);
    line.waitFor(A, true);
    line.waitFor(B, true);
    assertThat(line.call()).contains(A);
    assertThat(line.hasRoomFor(C)).isFalse();
    assertThat(line.call()).isEmpty();
    line.leave(A);
    assertThat(line.call()).contains(B);
  }

  @Test
  void whatIsPlannedComesBeforeWhatOthersLetLie() {
    line.waitFor(A, false);
    line.waitFor(B, true);
    line.waitFor(C, false);
    line.waitFor(C, true);
    line.waitFor(D, true);
    line.waitFor(D, false);
    for (Bucket next : List.of(B, C, A, D)) {
      assertThat(line.call()).contains(next);
      line.send(next);
      line.answered(next);
    }
    assertThat(line.call()).isEmpty();
  }

  @Test
  void whoeverHasNothingToWriteAnyMoreLeavesTheLine() {
    line.waitFor(A, true);
    line.waitFor(B, false);
    line.leave(A);
    line.leave(B);
    assertThat(line.call()).isEmpty();
  }
}
