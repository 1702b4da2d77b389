package dev.leasehold.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.claim.ChangeOfHands.Reason;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldingTest {

  private static final long WINDOW = Folding.WINDOW.toNanos();

  private final Folding folding = new Folding();

  @Test
  void theFirstChangeOfABucketIsToldAtOnceAndThoseThatFollowAreOne() {
    assertThat(folding.take(change(1, Reason.CRASH, 1), 0)).isEqualTo(Folding.Fate.TELL);
    assertThat(folding.take(change(1, Reason.CRASH, 2), 1)).isEqualTo(Folding.Fate.FOLD);
    assertThat(folding.take(change(1, Reason.CRASH, 3), 2)).isEqualTo(Folding.Fate.FOLD);
    assertThat(folding.due(WINDOW - 1)).isEmpty();
    assertThat(folding.due(WINDOW)).containsExactly(new Telling(change(1, Reason.CRASH, 3), 2));
    assertThat(folding.due(2 * WINDOW)).isEmpty();
    assertThat(folding.take(change(1, Reason.CRASH, 4), 2 * WINDOW)).isEqualTo(Folding.Fate.TELL);
  }

  @Test
  void otherBucketsAndOtherReasonsAreToldForThemselves() {
    assertThat(folding.take(change(1, Reason.CRASH, 1), 0)).isEqualTo(Folding.Fate.TELL);
    assertThat(folding.take(change(2, Reason.CRASH, 1), 0)).isEqualTo(Folding.Fate.TELL);
    assertThat(folding.take(change(1, Reason.LEAVE, 1), 0)).isEqualTo(Folding.Fate.TELL);
    // Both are hand-overs to whoever reads Events.
    assertThat(folding.take(change(1, Reason.JOIN, 1), 0)).isEqualTo(Folding.Fate.FOLD);
  }

  @Test
  void noMoreThanABurstAndThenOneASecondIsTold() {
    List<Folding.Fate> fates =
        IntStream.range(0, 1000)
            .mapToObj(bucket -> folding.take(change(bucket, Reason.CRASH, 1), 0))
            .toList();
    assertThat(fates).filteredOn(Folding.Fate.TELL::equals).hasSize(Folding.BURST);
    assertThat(folding.take(change(2000, Reason.CRASH, 1), 1_000_000_000))
        .isEqualTo(Folding.Fate.TELL);
    assertThat(folding.take(change(2001, Reason.CRASH, 1), 1_000_000_001))
        .isEqualTo(Folding.Fate.DROP);
  }

  @Test
  void whatIsKeptIsToldWhenItEnds() {
    folding.take(change(1, Reason.CRASH, 1), 0);
    folding.take(change(1, Reason.CRASH, 2), 1);
    folding.take(change(2, Reason.CRASH, 1), 2);
    assertThat(folding.rest(3)).containsExactly(new Telling(change(1, Reason.CRASH, 2), 1));
    assertThat(folding.rest(4)).isEmpty();
  }

  private static Change change(int bucket, Reason reason, long epoch) {
    return new Change(Changes.of(bucket, reason, epoch), 0);
  }
}
