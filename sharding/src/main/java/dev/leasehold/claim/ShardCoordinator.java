package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.election.EndCause;
import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockFeed;
import dev.leasehold.lock.LockStore;
import dev.leasehold.member.MemberInfo;
import dev.leasehold.member.MemberState;
import dev.leasehold.member.Membership;
import dev.leasehold.time.EventLoop;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica among its equals: sees the component's Leases by one watch, keeps its membership, and
 * leads the buckets that the common plan gives it.
 *
 * <p>The order in which it takes an event in is part of the protocol: first close what the event
 * takes away, then let the membership see it (a renewal that comes back extends the term only once
 * everything before it was acted on), then open and take.
 *
 * <p>{@code start}, {@code ready} and {@code leave} may be called from any thread; all else happens
 * on the event loop.
 */
public final class ShardCoordinator {

  private static final Logger log = LoggerFactory.getLogger(ShardCoordinator.class);

  /** The locks of a component: two lanes for writes, so that claims never delay a renewal. */
  public record Locks(LockStore members, LockStore buckets, LockFeed feed) {}

  private final EventLoop loop;
  private final LockFeed feed;
  private final ClusterView view;
  private final Membership membership;
  private final Claims claims;
  private final Housekeeping housekeeping;
  private final SharedPlan plan;
  private final ShardListener listener;
  private final Deposed policy;
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private final CompletableFuture<EndCause> deposed = new CompletableFuture<>();
  private final Agenda agenda;
  private final List<Bucket> buckets;

  private boolean leaving;
  private boolean resigned;
  private String identity = "";
  private volatile ShardStatus status = new ShardStatus("", null, List.of(), List.of());

  /**
   * Creates a coordinator; nothing is sent before it is started.
   *
   * @param loop where all of it happens
   * @param locks the component's Leases
   * @param names their names
   * @param settings the periods
   * @param works the work of each controller, by its buckets
   * @param newIdentity an identity that was never used before, at each call
   * @param listener hears of it
   */
  public ShardCoordinator(
      EventLoop loop,
      Locks locks,
      LeaseNames names,
      ShardSettings settings,
      Map<List<Bucket>, BucketWork> works,
      Supplier<String> newIdentity,
      ShardListener listener) {
    this.loop = loop;
    this.feed = locks.feed();
    this.listener = listener;
    this.policy = settings.deposed();
    this.agenda = new Agenda(loop, this::evaluate);
    this.view = new ClusterView(names, settings.timings().leaseDuration());
    this.membership =
        new Membership(
            loop,
            locks.members(),
            names,
            settings.timings(),
            newIdentity,
            new MemberInfo(counts(works.keySet()), MemberState.STARTING),
            feed::refresh,
            new Life());
    long nanos = loop.clocks().nanos();
    this.plan =
        new SharedPlan(
            view,
            membership,
            new Pace(
                new Calm(settings.settlingTime(), nanos),
                new Turns(settings.timings().retryPeriod()),
                view.members()),
            nanos);
    this.claims =
        new Claims(
            loop,
            locks.buckets(),
            names,
            settings,
            view,
            membership,
            plan,
            listener,
            feed::refresh,
            this::touch);
    this.housekeeping =
        new Housekeeping(
            loop, locks.buckets(), view, membership, plan, settings.timings().retryPeriod());
    works.forEach(claims::add);
    this.buckets = claims.buckets().stream().sorted().toList();
  }

  /** Begins to watch, and joins once the Leases have been listed. */
  public void start() {
    feed.start(event -> loop.execute(() -> onFeed(event)));
  }

  /** Says that this replica can work: from now on it is given buckets. */
  public void ready() {
    loop.execute(
        () -> {
          if (!leaving) {
            membership.announce(MemberState.READY);
            plan.invalidate();
            agenda.evaluateSoon();
          }
        });
  }

  /**
   * Gives everything away, then deletes the member's Lease.
   *
   * @return completes when that is done; never if work does not stop, or while the API server can't
   *     be reached
   */
  public CompletableFuture<Void> leave() {
    loop.execute(
        () -> {
          if (!leaving) {
            leaving = true;
            membership.joinNoMore();
            membership.announce(MemberState.DRAINING);
            plan.invalidate();
            agenda.evaluateSoon();
          }
        });
    return left;
  }

  /**
   * Completes, on the loop, when this replica has lost its membership and is to join no more; never
   * under {@link Deposed#REJOIN}. Its work has been told to stop by then; {@link #leave} waits for
   * it.
   */
  public CompletableFuture<EndCause> deposed() {
    return deposed;
  }

  /** What this replica leads; a moment old. */
  public ShardStatus status() {
    return status;
  }

  /**
   * What this replica sees of the whole component, gathered on the loop and for whoever asks; never
   * completes once the loop is closed.
   */
  public CompletableFuture<ClusterSight> look() {
    CompletableFuture<ClusterSight> sight = new CompletableFuture<>();
    loop.execute(() -> sight.complete(seen()));
    return sight;
  }

  private ClusterSight seen() {
    return new ClusterSight(
        loop.clocks().nanos(),
        membership.self().map(Membership.Self::uid).orElse(""),
        view.members().all(),
        List.copyOf(view.sights()),
        claims.buckets().stream().filter(claims::isOpen).collect(Collectors.toSet()),
        view.moves().moves());
  }

  /** How its controllers stand; completes on the loop, which looks at every bucket for it. */
  public CompletableFuture<ShardFigures> figures() {
    CompletableFuture<ShardFigures> figures = new CompletableFuture<>();
    loop.execute(() -> figures.complete(claims.figures()));
    return figures;
  }

  // ---- events ----

  private void onFeed(LockEvent event) {
    long nanos = loop.clocks().nanos();
    Set<String> own = new HashSet<>(membership.earlierLives());
    membership.self().ifPresent(self -> own.add(self.uid()));
    ClusterView.Changes changes = view.apply(event, nanos, own);
    for (Bucket bucket : changes.buckets()) {
      claims.seen(bucket);
      if (claims.isOpen(bucket)) {
        // Deciding about an open bucket does nothing but close it.
        decide(bucket);
      }
    }
    membership.onFeed(event);
    agenda.add(changes.buckets());
    if (changes.members()) {
      plan.invalidate();
    } else if (!changes.buckets().isEmpty()) {
      plan.holdersChanged();
    }
    agenda.evaluateSoon();
  }

  private void touch(Bucket bucket) {
    agenda.add(Set.of(bucket));
    agenda.evaluateSoon();
  }

  private void evaluate() {
    if (!view.isListed()) {
      return;
    }
    long nanos = loop.clocks().nanos();
    SharedPlan.News news = plan.refresh(nanos, claims.beingTaken());
    agenda.add(news.everything() ? claims.buckets() : news.buckets());
    if (leaving && plan.ownState() != MemberState.READY) {
      claims.leave();
    }
    List<Bucket> deciding = agenda.take(nanos);
    deciding.forEach(this::decide);
    boolean decided = !deciding.isEmpty();
    long wake =
        news.everything() ? housekeeping.tend(nanos) : housekeeping.tendIfDue(decided, nanos);
    finishLeaving();
    if (decided) {
      publish();
    }
    // A member that lapses is no event of the watch: the plan must be made anew without it.
    agenda.sleep(Agenda.sooner(wake, plan.wakeAt(nanos)), plan::invalidate);
  }

  private void decide(Bucket bucket) {
    agenda.wake(bucket, claims.decide(bucket));
  }

  // ---- leaving ----

  private void finishLeaving() {
    if (!leaving || resigned || !claims.areAtRest()) {
      return;
    }
    String uid = membership.self().map(Membership.Self::uid).orElse("");
    if (uid.isEmpty() || !view.holders().containsValue(uid)) {
      resigned = true;
      membership.leave();
    }
  }

  private void publish() {
    status =
        new ShardStatus(
            identity,
            membership.self().map(Membership.Self::term).orElse(null),
            buckets,
            claims.led());
  }

  private static Map<String, Integer> counts(Collection<List<Bucket>> layouts) {
    Map<String, Integer> counts = new HashMap<>();
    layouts.forEach(
        layout -> layout.forEach(bucket -> counts.put(bucket.controller(), bucket.count())));
    return counts;
  }

  /** Hears of the membership. */
  private final class Life implements Membership.Listener {

    @Override
    public void joined(Membership.Self self) {
      identity = self.identity();
      log.info("Member {} has joined", identity);
      everythingIsDue();
      Told.to(() -> listener.joined(self.term()));
    }

    @Override
    public void left(Membership.Self self, EndCause cause) {
      log.info("Member {} is over: {}", self.identity(), cause.text());
      // At once, not with the next evaluation: whatever is open is open under that term.
      claims.buckets().stream()
          .filter(claims::isOpen)
          .toList()
          .forEach(ShardCoordinator.this::decide);
      everythingIsDue();
      Told.to(() -> listener.left(self.term(), cause));
      if (policy == Deposed.EXIT && !leaving) {
        membership.joinNoMore();
        deposed.complete(cause);
      }
    }

    @Override
    public void renewed(long sentNanos) {
      Duration latency = Duration.ofNanos(loop.clocks().nanos() - sentNanos);
      Told.to(() -> listener.renewed(latency));
    }

    @Override
    public void refused(String reason) {
      Told.to(() -> listener.refused(reason));
    }

    @Override
    public void finished() {
      left.complete(null);
    }

    private void everythingIsDue() {
      plan.invalidate();
      agenda.evaluateSoon();
    }
  }
}
