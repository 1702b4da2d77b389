package dev.leasehold.admin;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.claim.BucketSight;
import dev.leasehold.claim.BucketState;
import dev.leasehold.claim.ClusterSight;
import dev.leasehold.claim.SeenMove;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Shown;
import dev.leasehold.member.MemberSight;
import dev.leasehold.queue.BucketCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes what the live page shows out of what a replica has seen. Reads no clock and does no IO; but
 * it remembers which member has which letter, from one view to the next.
 *
 * <p>Leases are written by others, so their number is limited here and their texts are made
 * harmless. Not thread-safe.
 */
public final class LiveModel {

  static final int MOST_LAYOUTS = 64;
  static final int MOST_BUCKETS = 8192;
  static final int MOST_MEMBERS = 200;
  private static final int LONGEST_NAME = 80;

  private final String component;
  private final Letters letters = new Letters();

  /**
   * A model that has given no letters yet.
   *
   * @param component the component's name
   */
  public LiveModel(String component) {
    this.component = component;
  }

  /**
   * The events that bring a page up to date.
   *
   * @param sight what the replica has seen
   * @param replica the replica's present identity, or its last one; empty before it has joined
   * @param work the work of each of its controllers' open buckets
   */
  public List<Event> events(
      ClusterSight sight, String replica, Map<String, List<BucketCounts>> work) {
    return view(sight, replica, work).events();
  }

  /**
   * The events for a page that nothing new can be told but why.
   *
   * @param replica the replica's identity
   * @param trouble why, in a sentence
   */
  public static List<Event> trouble(String replica, String trouble) {
    LiveView.Status status =
        new LiveView.Status(shown(replica), trouble, true, List.of(), List.of(), List.of());
    return List.of(status.event());
  }

  LiveView view(ClusterSight sight, String replica, Map<String, List<BucketCounts>> work) {
    letters.refer(references(sight));
    View view = new View(sight);
    LiveView.Buckets buckets = view.buckets();
    return new LiveView(
        buckets,
        new LiveView.Status(
            shown(replica),
            sight.selfUid().isEmpty() ? "This replica is no member at present." : "",
            false,
            view.members(),
            work.entrySet().stream().map(entry -> queue(entry.getKey(), entry.getValue())).toList(),
            sight.moves().stream().map(view::move).toList()));
  }

  /** Who is to have a letter, by uid: members in the order in which they came, then the others. */
  private static Map<String, String> references(ClusterSight sight) {
    Map<String, String> names = new LinkedHashMap<>();
    sight.members().stream()
        .sorted(Comparator.comparing(LiveModel::began).thenComparing(MemberSight::uid))
        .forEach(member -> names.put(member.uid(), shown(member.identity())));
    for (BucketSight bucket : sight.buckets()) {
      LockSnapshot lock = bucket.lock();
      if (lock != null && !bucket.holderUid().isEmpty()) {
        refer(names, bucket.holderUid(), lock.record().holder());
      }
    }
    for (SeenMove move : sight.moves()) {
      refer(names, move.toUid(), move.to());
      if (!move.fromUid().isEmpty()) {
        refer(names, move.fromUid(), move.from());
      }
    }
    return names;
  }

  /** The Lease of a fenced member has no name in it any more; then another place's serves. */
  private static void refer(Map<String, String> names, String uid, String name) {
    names.merge(uid, shown(name), (known, other) -> known.isEmpty() ? other : known);
  }

  private static String shown(String name) {
    return Shown.text(name, LONGEST_NAME);
  }

  private static Instant began(MemberSight member) {
    Instant acquired = member.lock().record().acquired();
    return acquired == null ? Instant.MAX : acquired;
  }

  private static LiveView.Queue queue(String controller, List<BucketCounts> counts) {
    return new LiveView.Queue(
        controller,
        counts.stream().mapToInt(BucketCounts::queued).sum(),
        counts.stream().mapToInt(BucketCounts::delayed).sum(),
        counts.stream().mapToInt(BucketCounts::running).sum());
  }

  /** One view in the making. */
  private final class View {

    private final ClusterSight sight;
    private final Map<String, MemberSight> members = new HashMap<>();
    private final Map<String, Integer> led = new HashMap<>();

    View(ClusterSight sight) {
      this.sight = sight;
      sight.members().forEach(member -> members.put(member.uid(), member));
    }

    /** To be made before the members, which are counted by it. */
    LiveView.Buckets buckets() {
      Map<Bucket, BucketSight> seen = new HashMap<>();
      Set<Bucket> firsts = new TreeSet<>(wanted());
      Set<Bucket> wanted = Set.copyOf(firsts);
      for (BucketSight bucket : sight.buckets()) {
        seen.put(bucket.bucket(), bucket);
        if (bucket.lock() != null) {
          firsts.add(first(bucket.bucket().controller(), bucket.bucket().count()));
        }
        if (!bucket.holderUid().isEmpty()) {
          led.merge(bucket.holderUid(), 1, Integer::sum);
        }
      }
      List<LiveView.Layout> layouts = new ArrayList<>();
      int room = MOST_BUCKETS;
      for (Bucket first : firsts) {
        if (layouts.size() < MOST_LAYOUTS && first.count() <= room) {
          room -= first.count();
          layouts.add(layout(first, wanted.contains(first), seen));
        }
      }
      return new LiveView.Buckets(component, layouts, firsts.size() - layouts.size());
    }

    /** The first bucket of each layout that a live member runs. */
    private Set<Bucket> wanted() {
      Set<Bucket> wanted = new TreeSet<>();
      for (MemberSight member : sight.members()) {
        if (member.isLive(sight.nanos())) {
          member.info().controllers().forEach((name, count) -> wanted.add(first(name, count)));
        }
      }
      return wanted;
    }

    private Bucket first(String controller, int count) {
      return new Bucket(controller, 0, count);
    }

    private LiveView.Layout layout(Bucket first, boolean wanted, Map<Bucket, BucketSight> seen) {
      List<LiveView.Cell> cells = new ArrayList<>();
      for (int index = 0; index < first.count(); index++) {
        cells.add(cell(seen.get(new Bucket(first.controller(), index, first.count()))));
      }
      return new LiveView.Layout(first.controller(), first.count(), wanted, cells);
    }

    private LiveView.Cell cell(@Nullable BucketSight bucket) {
      LockSnapshot lock = bucket == null ? null : bucket.lock();
      if (bucket == null || lock == null || bucket.holderUid().isEmpty()) {
        return new LiveView.Cell("", -1, BucketState.UNLED.text(), "", "");
      }
      Letters.Mark holder = letters.of(bucket.holderUid());
      LockRecord record = lock.record();
      return new LiveView.Cell(
          holder.letter(),
          holder.number(),
          state(bucket).text(),
          lock.version().resourceVersion(),
          record.acquired() == null
              ? ""
              : record.acquired().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private BucketState state(BucketSight bucket) {
      MemberSight holder = members.get(bucket.holderUid());
      BucketState state = BucketState.of(bucket.holderUid(), holder, sight.nanos());
      boolean own = bucket.holderUid().equals(sight.selfUid());
      // Of its own buckets this replica knows more than the Leases say.
      return own && state == BucketState.LED && !sight.open().contains(bucket.bucket())
          ? BucketState.DRAINING
          : state;
    }

    List<LiveView.Member> members() {
      List<LiveView.Member> shown = new ArrayList<>();
      sight.members().forEach(member -> shown.add(member(member)));
      led.forEach(
          (uid, count) -> {
            if (!members.containsKey(uid)) {
              Letters.Mark mark = letters.of(uid);
              shown.add(
                  new LiveView.Member(
                      mark.letter(), mark.number(), mark.name(), false, "gone", true, count, 0, 0));
            }
          });
      return shown.stream()
          .sorted(Comparator.comparingInt(LiveView.Member::color))
          .limit(MOST_MEMBERS)
          .toList();
    }

    private LiveView.Member member(MemberSight member) {
      Letters.Mark mark = letters.of(member.uid());
      boolean live = member.isLive(sight.nanos());
      long left = live ? member.lapsesAtNanos() - sight.nanos() : 0;
      boolean silent = left < member.durationNanos() / 2;
      return new LiveView.Member(
          mark.letter(),
          mark.number(),
          mark.name(),
          member.uid().equals(sight.selfUid()),
          member.fenced()
              ? "dead, fenced"
              : !live ? "dead" : silent ? "silent" : member.info().state().text(),
          silent,
          led.getOrDefault(member.uid(), 0),
          Duration.ofNanos(left).toMillis(),
          Duration.ofNanos(member.durationNanos()).toMillis());
    }

    LiveView.Move move(SeenMove move) {
      Letters.Mark from = letters.of(move.fromUid());
      Letters.Mark to = letters.of(move.toUid());
      return new LiveView.Move(
          move.bucket().toString(),
          from.letter(),
          from.number(),
          from.name(),
          to.letter(),
          to.number(),
          to.name(),
          move.cause().text(),
          move.unled().map(Duration::toMillis).orElse(null),
          Duration.ofNanos(sight.nanos() - move.seenNanos()).toMillis());
    }
  }
}
