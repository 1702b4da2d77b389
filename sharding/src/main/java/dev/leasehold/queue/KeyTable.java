package dev.leasehold.queue;

import org.jspecify.annotations.Nullable;

/**
 * The entries of a bucket by their keys: a hash table chained through the entries themselves, so
 * that a key costs no second object. It grows with its content, and shrinks once that has long been
 * small: a burst of keys is often followed by another one.
 *
 * <p>Not thread-safe.
 */
final class KeyTable<K> {

  private static final int SMALLEST = 16;

  /** So many times as many keys as it has chains go before it halves. */
  private static final int PATIENCE = 8;

  /** Chains by the low bits of the hash; as many as a power of two. */
  private @Nullable KeyEntry<K>[] chains = empty(SMALLEST);

  private int size;

  /** How many keys were removed while there were far too many chains for those left. */
  private int sparse;

  int size() {
    return size;
  }

  /** How many chains there are. */
  int capacity() {
    return chains.length;
  }

  /** The entry of a key, or nothing if it has none. */
  @Nullable KeyEntry<K> get(K key) {
    int hash = spread(key);
    KeyEntry<K> entry = chains[hash & (chains.length - 1)];
    while (entry != null && !(entry.hash == hash && entry.key.equals(key))) {
      entry = entry.chained;
    }
    return entry;
  }

  /** The entry of a key, a new one if it has none. */
  KeyEntry<K> getOrCreate(K key) {
    int hash = spread(key);
    int chain = hash & (chains.length - 1);
    KeyEntry<K> last = null;
    for (KeyEntry<K> entry = chains[chain]; entry != null; entry = entry.chained) {
      if (entry.hash == hash && entry.key.equals(key)) {
        return entry;
      }
      last = entry;
    }
    KeyEntry<K> created = new KeyEntry<>(key, hash);
    // Behind the others, since keys leave in about the order in which they have come.
    if (last == null) {
      chains[chain] = created;
    } else {
      last.chained = created;
    }
    size++;
    if (size > chains.length) {
      resize(2 * chains.length);
    }
    return created;
  }

  /** Removes an entry that is in this table. */
  void remove(KeyEntry<K> entry) {
    int chain = entry.hash & (chains.length - 1);
    KeyEntry<K> before = chains[chain];
    if (before == entry) {
      chains[chain] = entry.chained;
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
    if (size < chains.length / 8 && chains.length > SMALLEST) {
      sparse++;
      if (sparse / PATIENCE >= chains.length) {
        resize(chains.length / 2);
      }
    }
  }

  private void resize(int count) {
    @Nullable KeyEntry<K>[] before = chains;
    chains = empty(count);
    sparse = 0;
    for (KeyEntry<K> first : before) {
      KeyEntry<K> entry = first;
      while (entry != null) {
        KeyEntry<K> next = entry.chained;
        int chain = entry.hash & (count - 1);
        entry.chained = chains[chain];
        chains[chain] = entry;
        entry = next;
      }
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // An array can't be made of entries of a K.
  private static <K> @Nullable KeyEntry<K>[] empty(int count) {
    return new KeyEntry[count];
  }

  /** Moves the differences of the high bits into the low ones, which choose the chain. */
  private static int spread(Object key) {
    int hash = key.hashCode();
    return hash ^ (hash >>> 16);
  }
}
