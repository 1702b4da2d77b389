package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The bucket of a key is the digit at the end of its name. */
class RecentDeletionsTest {

  private static final ResourceKey KEY = new ResourceKey("default", "a0");
  private static final ResourceKey OTHER = new ResourceKey("default", "b0");
  private static final long KEPT = RecentDeletions.KEPT.toNanos();

  private final RecentDeletions deletions =
      new RecentDeletions(key -> key.name().charAt(key.name().length() - 1) - '0');

  @Test
  void eachBucketHasItsOwn() {
    deletions.add(KEY, 0);
    deletions.add(new ResourceKey("default", "a1"), 0);
    assertThat(deletions.keysOf(0, 0)).containsExactly(KEY);
    assertThat(deletions.keysOf(2, 0)).isEmpty();
  }

  @Test
  void keysAreForgottenWhenTheirTimeIsOver() {
    deletions.add(KEY, 0);
    deletions.add(OTHER, 1);
    assertThat(deletions.keysOf(0, KEPT)).containsExactlyInAnyOrder(KEY, OTHER);
    assertThat(deletions.keysOf(0, KEPT + 1)).containsExactly(OTHER);
    deletions.add(KEY, KEPT + 2);
    assertThat(deletions.keysOf(0, KEPT)).containsExactly(KEY);
  }

  @Test
  void keyThatGoesAgainCountsFromThen() {
    deletions.add(KEY, 0);
    deletions.add(OTHER, 1);
    deletions.add(KEY, 2);
    assertThat(deletions.keysOf(0, KEPT + 2)).containsExactly(KEY);
  }

  @Test
  void keyThatHasAResourceAgainIsForgotten() {
    deletions.add(KEY, 0);
    deletions.remove(KEY);
    assertThat(deletions.keysOf(0, 0)).isEmpty();
  }

  @Test
  void runSettlesWhatWasGoneWhenItBeganAndNothingLater() {
    deletions.add(KEY, 5);
    deletions.settle(KEY, 4);
    assertThat(deletions.keysOf(0, 5)).containsExactly(KEY);
    deletions.settle(OTHER, 5);
    deletions.settle(KEY, 5);
    assertThat(deletions.keysOf(0, 5)).isEmpty();
  }

  @Test
  void ofTooManyTheOldestIsForgotten() {
    deletions.add(KEY, 0);
    for (int i = 1; i <= RecentDeletions.MOST; i++) {
      deletions.add(new ResourceKey("default", "key-" + i + "-0"), 0);
    }
    assertThat(deletions.keysOf(0, 0)).hasSize(RecentDeletions.MOST).doesNotContain(KEY);
  }
}
