package dev.leasehold.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeadlineHeapTest {

  private static final class Timer extends DeadlineHeap.Node {}

  @Test
  void firstIsTheEarliestWhateverIsRemovedInBetween() {
    SplittableRandom random = new SplittableRandom(42);
    for (int round = 0; round < 500; round++) {
      DeadlineHeap<Timer> heap = new DeadlineHeap<>();
      List<Timer> model = new ArrayList<>();
      for (int step = 0; step < 100; step++) {
        if (model.isEmpty() || random.nextInt(3) > 0) {
          Timer timer = new Timer();
          heap.add(timer, random.nextInt(1000));
          model.add(timer);
        } else {
          Timer removed = model.remove(random.nextInt(model.size()));
          heap.remove(removed);
          assertThat(removed.isInHeap()).isFalse();
        }
        assertThat(heap.size()).isEqualTo(model.size());
      }
      model.sort(Comparator.comparingLong(timer -> timer.due));
      for (Timer expected : model) {
        Timer first = heap.first();
        assertThat(first).isNotNull();
        if (first != null) {
          assertThat(first.due).isEqualTo(expected.due);
          heap.remove(first);
        }
      }
      assertThat(heap.first()).isNull();
    }
  }
}
