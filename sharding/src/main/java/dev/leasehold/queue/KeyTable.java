package dev.leasehold.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a bucket by their keys: a hash table chained through the entries themselves, so
 * that a key costs no second object. It shrinks with its content.
 *
 * <p>Not thread-safe.
 */
final class KeyTable<K> {

  private static final int SMALLEST = 16;

  /** Chains by the low bits of the hash; as many as a power of two. */
  private List<@Nullable KeyEntry<K>> chains = empty(SMALLEST);

  private int size;

  int size() {
    return size;
  }

  /** The entry of a key, or nothing if it has none. */
  @Nullable KeyEntry<K> get(K key) {
    int hash = spread(key);
    KeyEntry<K> entry = chains.get(hash & (chains.size() - 1));
    while (entry != null && !(entry.hash == hash && entry.key.equals(key))) {
      entry = entry.chained;
    }
    return entry;
  }

  /** The entry of a key, a new one if it has none. */
  KeyEntry<K> getOrCreate(K key) {
    int hash = spread(key);
    int chain = hash & (chains.size() - 1);
    KeyEntry<K> first = chains.get(chain);
    for (KeyEntry<K> entry = first; entry != null; entry = entry.chained) {
      if (entry.hash == hash && entry.key.equals(key)) {
        return entry;
      }
    }
    KeyEntry<K> created = new KeyEntry<>(key, hash);
    created.chained = first;
    chains.set(chain, created);
    size++;
    if (size > chains.size()) {
      resize(2 * chains.size());
    }
    return created;
  }

  /** Removes an entry that is in this table. */
  void remove(KeyEntry<K> entry) {
    int chain = entry.hash & (chains.size() - 1);
    KeyEntry<K> before = chains.get(chain);
    if (before == entry) {
      chains.set(chain, entry.chained);
    } else {
      while (before != null && before.chained != entry) {
        before = before.chained;
      }
      if (before != null) {
        before.chained = entry.chained;
      }
    }
    entry.chained = null;
    size--;
    if (size < chains.size() / 8 && chains.size() > SMALLEST) {
      resize(chains.size() / 2);
    }
  }

  private void resize(int count) {
    List<@Nullable KeyEntry<K>> before = chains;
    chains = empty(count);
    for (KeyEntry<K> first : before) {
      KeyEntry<K> entry = first;
      while (entry != null) {
        KeyEntry<K> next = entry.chained;
        int chain = entry.hash & (count - 1);
        entry.chained = chains.get(chain);
        chains.set(chain, entry);
        entry = next;
      }
    }
  }

  private static <K> List<@Nullable KeyEntry<K>> empty(int count) {
    return new ArrayList<>(Collections.nCopies(count, null));
  }

  /** Moves the differences of the high bits into the low ones, which choose the chain. */
  private static int spread(Object key) {
    int hash = key.hashCode();
    return hash ^ (hash >>> 16);
  }
}
