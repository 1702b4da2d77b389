package dev.leasehold.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyTableTest {

  /** A key that shares its hash with many others. */
  private record Key(int number) {
    @Override
    public int hashCode() {
      return number % 50;
    }
  }

  @Test
  void everyKeyHasOneEntryUntilItIsRemovedHoweverTheTableGrowsAndShrinks() {
    SplittableRandom random = new SplittableRandom(42);
    KeyTable<Key> table = new KeyTable<>();
    Map<Key, KeyEntry<Key>> model = new HashMap<>();
    for (int step = 0; step < 50_000; step++) {
      Key key = new Key(random.nextInt(500));
      KeyEntry<Key> entry = model.get(key);
      assertThat(table.get(key)).isSameAs(entry);
      // Grows for a thousand steps, and shrinks for a thousand.
      boolean adds = random.nextInt(10) < (step / 1000 % 2 == 0 ? 9 : 1);
      if (adds) {
        KeyEntry<Key> found = table.getOrCreate(key);
        assertThat(found.key).isEqualTo(key);
        assertThat(entry == null || entry == found).isTrue();
        model.put(key, found);
      } else if (entry != null) {
        table.remove(entry);
        model.remove(key);
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
  }

  @Test
  void aTableStaysLargeForAnotherBurstOfKeysAndShrinksOnceItHasLongBeenSmall() {
    KeyTable<Integer> table = new KeyTable<>();
    for (int burst = 0; burst < 2; burst++) {
      List<KeyEntry<Integer>> entries =
          IntStream.range(0, 4000).mapToObj(table::getOrCreate).toList();
      entries.forEach(table::remove);
      assertThat(table.capacity()).isEqualTo(4096);
    }
    KeyEntry<Integer> stays = table.getOrCreate(-1);
    for (int key = 0; key < 100_000; key++) {
      table.remove(table.getOrCreate(key));
    }
    assertThat(table.capacity()).isEqualTo(16);
    assertThat(table.get(-1)).isSameAs(stays);
    assertThat(table.size()).isOne();
  }
}
