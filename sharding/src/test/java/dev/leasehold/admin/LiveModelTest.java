package dev.leasehold.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.claim.BucketSight;
import dev.leasehold.claim.ClusterSight;
import dev.leasehold.claim.SeenMove;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Version;
import dev.leasehold.member.MemberSight;
import dev.leasehold.member.MemberState;
import dev.leasehold.queue.BucketCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the live page shows of what a replica has seen. */
final class LiveModelTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int DURATION = 15;
  private static final Instant BEGAN = Instant.parse("2026-01-01T10:00:00.123456Z");
  private static final String HOSTILE = "<img src=x onerror=alert(1)>\u0000\n\u202e\u2028end";

  private final LiveModel model = new LiveModel("shop");
  private final List<MemberSight> members = new ArrayList<>();
  private final List<BucketSight> buckets = new ArrayList<>();
  private final List<SeenMove> moves = new ArrayList<>();
  private String self = "";
  private Set<Bucket> open = Set.of();

  @Test
  void bucketsShowTheLettersOfTheirHoldersInTheOrderInWhichTheyCame() {
    member("second", 1, MemberState.READY);
    member("first", 0, MemberState.READY);
    held(0, "first");
    held(1, "second");
    LiveView.Layout layout = view(0).buckets().layouts().get(0);
    assertThat(layout.controller()).isEqualTo("page");
    assertThat(layout.wanted()).isTrue();
    assertThat(layout.buckets())
        .containsExactly(
            new LiveView.Cell("A", 0, "led", "100", "2026-01-01T10:00:00Z"),
            new LiveView.Cell("B", 1, "led", "101", "2026-01-01T10:00:00Z"));
  }

  @Test
  void bucketsWithoutALeaseOrAHolderAreUnled() {
    member("a", 0, MemberState.READY);
    held(0, "");
    assertThat(states(0)).containsExactly("unled", "unled");
  }

  @Test
  void holderThatMissesRenewalsIsSilentAndThenDead() {
    member("a", 0, MemberState.READY);
    held(0, "a");
    assertThat(states(7 * SECOND)).startsWith("led");
    assertThat(states(8 * SECOND)).startsWith("holder silent");
    assertThat(states(15 * SECOND)).startsWith("holder dead");
    LiveView.Member dead = view(15 * SECOND).status().members().get(0);
    assertThat(dead.state()).isEqualTo("dead");
    assertThat(dead.trouble()).isTrue();
    assertThat(dead.leftMillis()).isZero();
  }

  @Test
  void holderWithoutAMemberLeaseIsShownAsGone() {
    held(0, "ghost");
    LiveView view = view(0);
    assertThat(view.buckets().layouts().get(0).buckets().get(0).state()).isEqualTo("holder dead");
    assertThat(view.buckets().layouts().get(0).wanted()).isFalse();
    assertThat(view.status().members())
        .containsExactly(new LiveView.Member("A", 0, "ghost", false, "gone", true, 1, 0, 0));
  }

  @Test
  void bucketsOfADrainingMemberDrain() {
    member("a", 0, MemberState.DRAINING);
    held(0, "a");
    assertThat(states(0)).startsWith("draining");
  }

  @Test
  void bucketThatThisReplicaHoldsAndDoesNotDispatchDrains() {
    member("a", 0, MemberState.READY);
    held(0, "a");
    held(1, "a");
    self = "a";
    open = Set.of(bucket(1));
    assertThat(states(0)).containsExactly("draining", "led");
    assertThat(view(0).status().members().get(0).self()).isTrue();
  }

  @Test
  void memberShowsItsShareAndItsTimeLeft() {
    member("a", 0, MemberState.STARTING);
    held(0, "a");
    held(1, "a");
    assertThat(view(2 * SECOND).status().members())
        .containsExactly(
            new LiveView.Member("A", 0, "a", false, "starting", false, 2, 13_000, 15_000));
  }

  @Test
  void lettersStayWithTheirMembersWhenOthersGo() {
    member("a", 0, MemberState.READY);
    member("b", 1, MemberState.READY);
    held(0, "b");
    view(0);
    members.remove(0);
    member("c", 2, MemberState.READY);
    held(1, "c");
    assertThat(view(0).buckets().layouts().get(0).buckets())
        .extracting(LiveView.Cell::letter)
        .containsExactly("B", "A");
  }

  @Test
  void movesTellWhoGaveWhatToWhomAndForHowLongNobodyLedIt() {
    member("b", 1, MemberState.READY);
    moves.add(
        new SeenMove(
            bucket(1),
            "a",
            "a",
            "b",
            "b",
            SeenMove.Cause.TAKEN_FROM_THE_DEAD,
            Optional.of(Duration.ofMillis(15_012)),
            3 * SECOND));
    assertThat(view(5 * SECOND).status().moves())
        .containsExactly(
            new LiveView.Move(
                "page.01-of-02", "B", 1, "a", "A", 0, "b", "taken from the dead", 15_012L, 2000));
  }

  @Test
  void fencedMemberWhoseLeaseHasNoNameLeftGoesByTheNameInItsMoves() {
    members.add(MemberSight.of(null, lease("m", "a", 0, "", Map.of()), 0, DURATION * SECOND));
    moves.add(
        new SeenMove(
            bucket(1),
            "a",
            "shop-1",
            "b",
            "shop-2",
            SeenMove.Cause.TAKEN_FROM_THE_DEAD,
            Optional.empty(),
            0));
    assertThat(view(0).status().members().get(0).name()).isEqualTo("shop-1");
    assertThat(view(0).status().moves().get(0).fromName()).isEqualTo("shop-1");
  }

  @Test
  void queuesOfThisReplicaAreAddedUp() {
    Map<String, List<BucketCounts>> work =
        Map.of(
            "page",
            List.of(
                new BucketCounts(bucket(0), 1, 2, 3, 4),
                new BucketCounts(bucket(1), 1, 20, 30, 1)));
    assertThat(model.view(sight(0), "me", work).status().queues())
        .containsExactly(new LiveView.Queue("page", 22, 33, 5));
  }

  @Test
  void whatOthersWroteIsShortAndHasNoControlCharacters() {
    members.add(
        MemberSight.of(
            null, lease("m", "evil", 1, HOSTILE, Map.of(LeaseMetadata.STATE, HOSTILE)), 0, SECOND));
    held(0, "evil", HOSTILE + "x".repeat(5000));
    members.add(
        MemberSight.of(
            null,
            lease("n", "long", 2, "y".repeat(100_000), Map.of("leasehold.dev/state", "ready")),
            0,
            SECOND));
    List<Event> events = model.events(sight(0), HOSTILE, Map.of());
    String all = events.get(0).data() + events.get(1).data();
    // It is still markup, which the page's script shows as text.
    assertThat(view(0).status().members().get(0).name())
        .isEqualTo("<img src=x onerror=alert(1)>end");
    assertThat(view(0).status().members().get(1).name()).hasSize(80).endsWith("…");
    assertThat(all).doesNotContainPattern("[\\p{Cc}\\p{Cf}\u2028]");
    assertThat(all).doesNotContain("\\u0000", "\\n").hasSizeLessThan(3000);
  }

  @Test
  void announcedControllersThatCantBeAreNotShown() {
    member("a", 0, MemberState.READY, "page=2,<b>=3,member=1," + "z".repeat(64) + "=1,x=99999");
    assertThat(view(0).buckets().layouts())
        .extracting(LiveView.Layout::controller)
        .containsExactly("page");
  }

  @Test
  void noMemberCanMakeThePageEndless() {
    for (int i = 0; i < 200; i += 2) {
      member("a" + i, 0, MemberState.READY, "c%03d=4096,c%03d=4096".formatted(i, i + 1));
    }
    for (int i = 0; i < 1000; i++) {
      member("m" + i, 1, MemberState.READY);
    }
    LiveView view = view(0);
    assertThat(view.buckets().layouts()).hasSizeLessThan(LiveModel.MOST_LAYOUTS);
    assertThat(view.buckets().layouts().stream().mapToInt(LiveView.Layout::count).sum())
        .isLessThanOrEqualTo(LiveModel.MOST_BUCKETS);
    assertThat(view.buckets().omitted() + view.buckets().layouts().size()).isEqualTo(201);
    assertThat(view.status().members()).hasSize(LiveModel.MOST_MEMBERS);
  }

  @Test
  void trouble() {
    LiveView.Status status = view(0).status();
    assertThat(status.trouble()).isEqualTo("This replica is no member at present.");
    assertThat(status.stale()).isFalse();
    assertThat(LiveModel.trouble("me", "It is stuck.").get(0).data())
        .contains("\"trouble\":\"It is stuck.\"", "\"stale\":true");
  }

  @Test
  void lettersGoOnAfterTheLast() {
    assertThat(Letters.letter(0)).isEqualTo("A");
    assertThat(Letters.letter(25)).isEqualTo("Z");
    assertThat(Letters.letter(26)).isEqualTo("AA");
    assertThat(Letters.letter(701)).isEqualTo("ZZ");
    assertThat(Letters.letter(702)).isEqualTo("AAA");
  }

  private List<String> states(long nanos) {
    return view(nanos).buckets().layouts().get(0).buckets().stream()
        .map(LiveView.Cell::state)
        .toList();
  }

  private LiveView view(long nanos) {
    return model.view(sight(nanos), "me", Map.of());
  }

  private ClusterSight sight(long nanos) {
    return new ClusterSight(nanos, self, members, buckets, open, moves);
  }

  private void member(String uid, int began, MemberState state) {
    member(uid, began, state, "page=2");
  }

  private void member(String uid, int began, MemberState state, String controllers) {
    LockSnapshot lease =
        lease(
            LeaseNames.of("shop").member(uid),
            uid,
            began,
            uid,
            Map.of(LeaseMetadata.STATE, state.text(), LeaseMetadata.CONTROLLERS, controllers));
    members.add(MemberSight.of(null, lease, 0, DURATION * SECOND));
  }

  private void held(int index, String uid) {
    held(index, uid, uid);
  }

  private void held(int index, String uid, String holder) {
    LockSnapshot lease = lease("lease", "uid", 100 + index, holder, Map.of());
    buckets.add(new BucketSight(bucket(index), lease, uid, "", 0, 0, 1, 0, 100));
  }

  private static LockSnapshot lease(
      String name, String uid, int version, String holder, Map<String, String> annotations) {
    Map<String, String> all = new HashMap<>(annotations);
    all.put(LeaseMetadata.DURATION, Integer.toString(DURATION));
    Instant began = version < 100 ? BEGAN.plusSeconds(version) : BEGAN;
    return new LockSnapshot(
        name,
        new Version(uid, version),
        new LockRecord(holder, DURATION, began, null, 0, Map.of(), all));
  }

  private static Bucket bucket(int index) {
    return new Bucket("page", index, 2);
  }
}
