package dev.leasehold.admin;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Gives each member a letter, A to Z and then AA, AB and so on, which it keeps for as long as
 * something refers to it. A letter that is free again goes to the next newcomer.
 *
 * <p>Not thread-safe.
 */
final class Letters {

  private static final int ALPHABET = 26;
  private static final Mark NOBODY = new Mark("", -1, "");

  private final Map<String, Mark> byUid = new HashMap<>();

  /**
   * What a member goes by.
   *
   * @param letter its letter; empty for nobody
   * @param number counts the letters from 0; -1 for nobody
   * @param name its identity, as long as one was ever known
   */
  record Mark(String letter, int number, String name) {}

  /**
   * Takes in who is referred to: forgets all others, and gives newcomers the first free letters.
   *
   * @param names their identities by their uids, in the order in which newcomers are served; an
   *     empty one leaves what is known
   */
  void refer(Map<String, String> names) {
    byUid.keySet().retainAll(names.keySet());
    Set<Integer> taken = new HashSet<>();
    byUid.values().forEach(mark -> taken.add(mark.number()));
    int next = 0;
    for (Map.Entry<String, String> entry : names.entrySet()) {
      Mark known = byUid.get(entry.getKey());
      if (known == null) {
        while (!taken.add(next)) {
          next++;
        }
        byUid.put(entry.getKey(), new Mark(letter(next), next, entry.getValue()));
      } else if (!entry.getValue().isEmpty()) {
        byUid.put(entry.getKey(), new Mark(known.letter(), known.number(), entry.getValue()));
      }
    }
  }

  /** What a member goes by; without a letter if nothing refers to it. */
  Mark of(String uid) {
    return byUid.getOrDefault(uid, NOBODY);
  }

  /** {@code A} for 0, {@code Z} for 25, {@code AA} for 26. */
  static String letter(int number) {
    String last = Character.toString('A' + number % ALPHABET);
    return number < ALPHABET ? last : letter(number / ALPHABET - 1) + last;
  }
}
