package dev.leasehold.admin;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the live page shows: two parts, since one changes every second and the other, which may be
 * long, only with a bucket. Every text in it is fit to be shown, see {@link
 * dev.leasehold.lock.Shown}.
 *
 * @param buckets who leads what
 * @param status everything else
 */
record LiveView(Buckets buckets, Status status) {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  /**
   * Who leads what.
   *
   * @param component the component
   * @param layouts each controller with its bucket count
   * @param omitted how many layouts are left out, so that the page stays readable
   */
  record Buckets(String component, List<Layout> layouts, int omitted) {}

  /**
   * A controller with a bucket count.
   *
   * @param controller its name
   * @param count how many buckets it has
   * @param wanted whether a live member runs it; if none does its buckets are rightly nobody's
   * @param buckets its buckets, ordered by index
   */
  record Layout(String controller, int count, boolean wanted, List<Cell> buckets) {}

  /**
   * A bucket.
   *
   * @param letter its holder's; empty if it has none
   * @param color its holder's, counted from 0; -1 if it has none
   * @param state how it stands, in words
   * @param epoch its epoch, as a text since scripts can't count that far; empty without a holder
   * @param since when its holder began, by the clock of whoever wrote it; empty if unknown
   */
  record Cell(String letter, int color, String state, String epoch, String since) {}

  /**
   * What changes all the time.
   *
   * @param replica the identity of the replica that is asked; empty before it has joined
   * @param trouble what keeps the page from being right, in a sentence; empty if nothing does
   * @param stale whether nothing else is known now, so that what was shown before is to stay
   * @param members the members, and those who hold buckets without being one
   * @param queues the work that waits and runs on the replica that is asked
   * @param moves the last changes of hands, the newest first
   */
  record Status(
      String replica,
      String trouble,
      boolean stale,
      List<Member> members,
      List<Queue> queues,
      List<Move> moves) {

    Event event() {
      return new Event("status", JSON.asJson(this));
    }
  }

  /**
   * A member.
   *
   * @param letter its letter
   * @param color counted from 0
   * @param name its identity
   * @param self whether it is the replica that is asked
   * @param state what it is up to, in words
   * @param trouble whether that should be known
   * @param led how many buckets it holds
   * @param leftMillis how long it is respected if it is not seen to renew
   * @param ofMillis of how long
   */
  record Member(
      String letter,
      int color,
      String name,
      boolean self,
      String state,
      boolean trouble,
      int led,
      long leftMillis,
      long ofMillis) {}

  /**
   * A controller's keys on one replica.
   *
   * @param controller its name
   * @param queued how many wait for a worker
   * @param delayed how many wait for a time
   * @param running how many run
   */
  record Queue(String controller, int queued, int delayed, int running) {}

  /**
   * A change of hands.
   *
   * @param bucket which bucket
   * @param from the letter of the holder before; empty if there was none
   * @param fromColor its color
   * @param fromName its identity, since the page lists it no more; empty if there was none
   * @param to the letter of the new holder
   * @param toColor its color
   * @param toName its identity
   * @param cause how it came, in words
   * @param unledMillis for how long nobody worked on it; null if that isn't known here
   * @param agoMillis how long ago it was seen
   */
  record Move(
      String bucket,
      String from,
      int fromColor,
      String fromName,
      String to,
      int toColor,
      String toName,
      String cause,
      @Nullable Long unledMillis,
      long agoMillis) {}

  /** The events that carry this. */
  List<Event> events() {
    // The status first: it says who the letters of the buckets are.
    return List.of(status.event(), new Event("buckets", JSON.asJson(buckets)));
  }
}
