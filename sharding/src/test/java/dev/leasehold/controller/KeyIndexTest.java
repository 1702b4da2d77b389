package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

  private static final int BUCKETS = 10;
  private static final int KEYS = 400_000;

  private final KeyIndex index = new KeyIndex(this::bucketOf);

  /** How often somebody wanted to know of a key which bucket it is in. */
  private int asked;

  @Test
  void keysOfABucketAreThoseThatCameAndHaveNotGone() {
    ResourceKey one = new ResourceKey("default", "a1");
    ResourceKey other = new ResourceKey("default", "b1");
    index.add(one);
    index.add(other);
    index.add(new ResourceKey("default", "a2"));
    index.remove(one);
    index.remove(new ResourceKey("default", "a3"));
    assertThat(index.keysOf(1)).containsExactly(other);
    assertThat(index.keysOf(3)).isEmpty();
  }

  @Test
  void whoGoesThroughABucketSeesWhatWasThereAtTheBeginning() {
    for (int i = 0; i < 1000; i++) {
      index.add(new ResourceKey("default", i + "-1"));
    }
    Iterator<ResourceKey> keys = index.keysOf(1).iterator();
    List<ResourceKey> seen = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      seen.add(keys.next());
      index.add(new ResourceKey("other", i + "-1"));
    }
    keys.forEachRemaining(seen::add);
    for (int i = 0; i < 1000; i++) {
      assertThat(seen).contains(new ResourceKey("default", i + "-1"));
    }
  }

  @Test
  void whoGoesThroughABucketVisitsNoKeyOfTheOthers() {
    int keys = 10_000;
    for (int i = 0; i < keys; i++) {
      index.add(new ResourceKey("default", "name-" + i));
    }
    asked = 0;
    assertThat(index.keysOf(1)).hasSize(keys / BUCKETS);
    // A look through all keys would have to ask of each whether it is in the bucket.
    assertThat(asked).isLessThanOrEqualTo(keys / BUCKETS);
  }

  @Test
  void aKeyCostsAtMost60BytesBesideTheKey() {
    List<ResourceKey> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      keys.add(new ResourceKey("default", "name-" + i));
    }
    long before = Heap.usedBytes();
    keys.forEach(index::add);
    long bytes = (Heap.usedBytes() - before) / KEYS;
    // Asked after the measurement, so that neither was garbage by then.
    assertThat(keys).hasSize(KEYS);
    assertThat(index.keysOf(1)).hasSize(KEYS / BUCKETS);
    assertThat(bytes).isBetween(30L, 60L);
  }

  private int bucketOf(ResourceKey key) {
    asked++;
    return (key.name().charAt(key.name().length() - 1) - '0') % BUCKETS;
  }
}
