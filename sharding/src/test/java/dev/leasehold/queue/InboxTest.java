package dev.leasehold.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {

  private final Inbox<Integer> inbox = new Inbox<>();

  @Test
  void closedInboxTakesNothing() {
    assertThat(inbox.offer(new KeyEntry<>(1))).isFalse();
    open();
    assertThat(inbox.close()).isTrue();
    assertThat(inbox.offer(new KeyEntry<>(1))).isFalse();
  }

  @Test
  void whatIsCollectedComesInTheOrderInWhichItCameAndOnce() {
    open();
    offer(1, 2, 3);
    assertThat(collect()).containsExactly(1, 2, 3);
    offer(4);
    offer(5);
    assertThat(collect()).containsExactly(4, 5);
    assertThat(collect()).isEmpty();
  }

  @Test
  void inboxIsNotClosedWhileSomethingIsInIt() {
    open();
    offer(1);
    assertThat(inbox.close()).isFalse();
    assertThat(inbox.isOpen()).isTrue();
    assertThat(collect()).containsExactly(1);
    assertThat(inbox.close()).isTrue();
    open();
    assertThat(collect()).isEmpty();
  }

  @Test
  void fullInboxTakesNothingUntilItIsCollected() {
    open();
    for (int round = 0; round < 3; round++) {
      for (int key = 0; key < Inbox.ROOM; key++) {
        offer(key);
      }
      assertThat(inbox.offer(new KeyEntry<>(-1))).isFalse();
      assertThat(collect()).hasSize(Inbox.ROOM).doesNotContain(-1);
    }
  }

  @Test
  void droppedInboxHasNothingAndTakesNothing() {
    open();
    offer(1, 2);
    inbox.drop();
    assertThat(inbox.offer(new KeyEntry<>(3))).isFalse();
    assertThat(collect()).isEmpty();
  }

  private void open() {
    inbox.open(new KeyEntry<>(0));
  }

  private void offer(int... keys) {
    for (int key : keys) {
      assertThat(inbox.offer(new KeyEntry<>(key))).isTrue();
    }
  }

  private List<Integer> collect() {
    List<Integer> keys = new ArrayList<>();
    for (KeyEntry<Integer> entry = inbox.collect(); entry != null; entry = entry.next) {
      keys.add(entry.key);
    }
    return keys;
  }
}
