package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentDeletionsTest {

  private static final ResourceKey KEY = new ResourceKey("default", "a");
  private static final ResourceKey OTHER = new ResourceKey("default", "b");
  private static final long KEPT = RecentDeletions.KEPT.toNanos();

  private final RecentDeletions deletions = new RecentDeletions();

  @Test
  void keysAreForgottenWhenTheirTimeIsOver() {
    deletions.add(KEY, 0);
    deletions.add(OTHER, 1);
    assertThat(deletions.keys(KEPT)).containsExactly(KEY, OTHER);
    assertThat(deletions.keys(KEPT + 1)).containsExactly(OTHER);
    assertThat(deletions.keys(KEPT)).containsExactly(OTHER);
  }

  @Test
  void keyThatGoesAgainCountsFromThen() {
    deletions.add(KEY, 0);
    deletions.add(OTHER, 1);
    deletions.add(KEY, 2);
    assertThat(deletions.keys(KEPT + 2)).containsExactly(KEY);
  }

  @Test
  void keyThatIsDealtWithIsForgotten() {
    deletions.add(KEY, 0);
    deletions.remove(KEY);
    assertThat(deletions.keys(0)).isEmpty();
  }

  @Test
  void ofTooManyTheOldestIsForgotten() {
    deletions.add(KEY, 0);
    for (int i = 1; i <= RecentDeletions.MOST; i++) {
      deletions.add(new ResourceKey("default", "key-" + i), 0);
    }
    assertThat(deletions.keys(0)).hasSize(RecentDeletions.MOST).doesNotContain(KEY);
  }
}
