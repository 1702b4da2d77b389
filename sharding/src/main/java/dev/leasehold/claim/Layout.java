package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import java.util.Map;

/**
 * A controller with a bucket count, in the middle of being shared out: who holds its buckets, and
 * who is to get one more than the floor. Members are numbers here.
 */
final class Layout {

  /** The holder's number of a bucket that no eligible member holds. */
  static final int NOBODY = -1;

  final Eligible eligible;

  /** What every eligible member gets at least. */
  final int floor;

  /** How many members get one more; fewer than there are eligible ones. */
  final int extras;

  private final Bucket[] buckets;
  private final int[] holder;

  /** By member: holds more than the floor, so that an extra for it leaves a bucket in its place. */
  private final boolean[] heldMore;

  /** By member: gets an extra. */
  private final boolean[] extra;

  Layout(
      String controller,
      int count,
      Eligible eligible,
      Map<String, Integer> numbers,
      Map<Bucket, String> holders) {
    this.eligible = eligible;
    this.floor = count / eligible.members.length;
    this.extras = count % eligible.members.length;
    this.buckets = new Bucket[count];
    this.holder = new int[count];
    this.heldMore = new boolean[numbers.size()];
    this.extra = new boolean[numbers.size()];
    int[] held = new int[numbers.size()];
    for (int index = 0; index < count; index++) {
      buckets[index] = new Bucket(controller, index, count);
      holder[index] = NOBODY;
      String uid = holders.get(buckets[index]);
      Integer number = uid == null ? null : numbers.get(uid);
      if (number != null && eligible.contains(number)) {
        holder[index] = number;
        held[number]++;
        heldMore[number] = held[number] > floor;
      }
    }
  }

  Bucket bucket(int index) {
    return buckets[index];
  }

  /** The eligible member that holds a bucket now, or {@link #NOBODY}. */
  int holder(int index) {
    return holder[index];
  }

  boolean hasExtra(int member) {
    return extra[member];
  }

  void setExtra(int member, boolean has) {
    extra[member] = has;
  }

  /** How many buckets stay in their place because this member gets an extra: one or none. */
  int gain(int member) {
    return heldMore[member] ? 1 : 0;
  }

  /**
   * The owner-to-be of each bucket, once all extras are given. Members keep their buckets from the
   * lowest index up to their quota; the rest goes, in order of index, to those below it, in order
   * of number. So a plan of which any part has been carried out is dealt the same, if quotas are.
   */
  int[] deal() {
    int[] room = new int[extra.length];
    for (int member : eligible.members) {
      room[member] = floor + (extra[member] ? 1 : 0);
    }
    int[] owner = new int[buckets.length];
    for (int index = 0; index < owner.length; index++) {
      int member = holder[index];
      boolean keeps = member != NOBODY && room[member] > 0;
      owner[index] = keeps ? member : NOBODY;
      if (keeps) {
        room[member]--;
      }
    }
    int next = 0;
    for (int index = 0; index < owner.length; index++) {
      if (owner[index] == NOBODY) {
        while (room[eligible.members[next]] == 0) {
          next++;
        }
        owner[index] = eligible.members[next];
        room[owner[index]]--;
      }
    }
    return owner;
  }
}
