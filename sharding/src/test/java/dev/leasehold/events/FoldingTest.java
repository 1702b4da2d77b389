package dev.leasehold.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.claim.ChangeOfHands.Reason;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldingTest {

  private static final long WINDOW = Folding.WINDOW.toNanos();
  private static final long SECOND = 1_000_000_000;

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
    assertThat(folding.take(change(2000, Reason.CRASH, 1), SECOND)).isEqualTo(Folding.Fate.TELL);
    assertThat(folding.take(change(2001, Reason.CRASH, 1), SECOND + 1))
        .isEqualTo(Folding.Fate.DROP);
  }

  @Test
  void whatIsKeptIsToldWhenItEnds() {
    folding.take(change(1, Reason.CRASH, 1), 0);
    folding.take(change(1, Reason.CRASH, 2), 1);
    folding.take(change(2, Reason.CRASH, 1), 2);
    assertThat(folding.rest()).containsExactly(new Telling(change(1, Reason.CRASH, 2), 1));
    assertThat(folding.rest()).isEmpty();
  }

  @Test
  void whatWasFoldedWaitsForATokenAndGoesAheadOfWhatIsNew() {
    folding.take(change(0, Reason.CRASH, 1), 0);
    folding.take(change(0, Reason.CRASH, 2), 1);
    useUpTokens(WINDOW - 1);
    assertThat(folding.due(WINDOW)).isEmpty();
    assertThat(folding.take(change(0, Reason.CRASH, 3), WINDOW)).isEqualTo(Folding.Fate.FOLD);
    long aTokenLater = WINDOW - 1 + SECOND;
    assertThat(folding.take(change(2000, Reason.CRASH, 1), aTokenLater))
        .isEqualTo(Folding.Fate.DROP);
    assertThat(folding.due(aTokenLater))
        .containsExactly(new Telling(change(0, Reason.CRASH, 3), 2));
  }

  @Test
  void whatIsKeptIsToldWhenItEndsThoughThereIsNoToken() {
    folding.take(change(0, Reason.CRASH, 1), 0);
    folding.take(change(0, Reason.CRASH, 2), 1);
    useUpTokens(2);
    assertThat(folding.rest()).containsExactly(new Telling(change(0, Reason.CRASH, 2), 1));
  }

  @Test
  void allThatIsFoldedIsToldAndLittleIsKeptHoweverManyChangesThereAre() {
    int folded = 0;
    int told = 0;
    long now = 0;
    for (int bucket = 0; bucket < 4000; bucket++) {
      now += SECOND / 4;
      for (int epoch = 1; epoch <= 3; epoch++) {
        Folding.Fate fate = folding.take(change(bucket, Reason.CRASH, epoch), now);
        folded += fate == Folding.Fate.FOLD ? 1 : 0;
      }
      told += changesIn(folding.due(now));
    }
    List<Telling> rest = folding.rest();
    assertThat(rest).hasSizeLessThanOrEqualTo(Folding.BURST + (int) Folding.WINDOW.toSeconds());
    assertThat(told + changesIn(rest)).isEqualTo(folded).isGreaterThan(Folding.BURST);
  }

  private static int changesIn(List<Telling> tellings) {
    return tellings.stream().mapToInt(Telling::times).sum();
  }

  private void useUpTokens(long now) {
    int bucket = 1;
    while (folding.take(change(bucket, Reason.CRASH, 1), now) == Folding.Fate.TELL) {
      bucket++;
    }
  }

  private static Change change(int bucket, Reason reason, long epoch) {
    return new Change(Changes.of(bucket, reason, epoch), 0);
  }
}
