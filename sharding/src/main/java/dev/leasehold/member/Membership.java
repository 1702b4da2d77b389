package dev.leasehold.member;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.election.ElectionSettings;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import dev.leasehold.election.Timings;
import dev.leasehold.elector.ElectionDriver;
import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.LockStore;
import dev.leasehold.time.EventLoop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This process as a member of its component: an election on a Lease of its own, and after every
 * loss another one under a new identity.
 *
 * <p>Confined to its event loop.
 */
public final class Membership {

  /** What the membership's owner hears, on the loop. */
  public interface Listener {

    /**
     * This process is a member from now on.
     *
     * @param self the member
     */
    void joined(Self self);

    /**
     * It no longer is; its claims are void and their work must stop.
     *
     * @param self the member that it was
     * @param cause why
     */
    void left(Self self, EndCause cause);

    /**
     * The member's term goes on.
     *
     * @param sentNanos when the renewing request was sent, on the monotonic clock
     */
    default void renewed(long sentNanos) {}

    /**
     * The API server turned a write of the member's Lease down.
     *
     * @param reason a sentence
     */
    default void refused(String reason) {}

    /** It left for good, and its Lease is deleted. */
    default void finished() {}
  }

  /**
   * One life as a member.
   *
   * @param uid the uid of its Lease
   * @param lease the name of its Lease
   * @param term its term, which is the term of all its claims
   */
  public record Self(String uid, String lease, TermView term) {

    /** Its identity. */
    public String identity() {
      return term.identity();
    }
  }

  private final EventLoop loop;
  private final LockStore store;
  private final LeaseNames names;
  private final Timings timings;
  private final Supplier<String> newIdentity;
  private final Runnable refreshFeed;
  private final Listener listener;
  private final Set<String> earlierLives = new HashSet<>();
  private MemberInfo info;
  private @Nullable ElectionDriver election;
  private @Nullable Self self;
  private boolean leaving;

  /**
   * Creates a membership; nothing is sent before the Leases have been listed.
   *
   * @param loop where all of it happens
   * @param store where the member's Lease is
   * @param names the names of the component's Leases
   * @param timings the periods of its election
   * @param newIdentity an identity that was never used before, at each call
   * @param info what the member announces at first
   * @param refreshFeed called when the watch seems dead
   * @param listener hears of it
   */
  public Membership(
      EventLoop loop,
      LockStore store,
      LeaseNames names,
      Timings timings,
      Supplier<String> newIdentity,
      MemberInfo info,
      Runnable refreshFeed,
      Listener listener) {
    this.loop = loop;
    this.store = store;
    this.names = names;
    this.timings = timings;
    this.newIdentity = newIdentity;
    this.info = info;
    this.refreshFeed = refreshFeed;
    this.listener = listener;
  }

  /** Takes an event of the feed in. To be called after whatever it says of claims was acted on. */
  public void onFeed(LockEvent event) {
    if (election != null) {
      election.onFeed(event);
    } else if (event instanceof LockEvent.Listed && !leaving) {
      join();
    }
  }

  /** Announces another state, on the present Lease and on later ones. */
  public void announce(MemberState state) {
    info = info.in(state);
    if (election != null) {
      election.announce(LeaseMetadata.memberLabels(names.component()), annotations());
    }
  }

  /** Ends the membership and deletes its Lease. Nothing may be held and nothing run any more. */
  public void leave() {
    leaving = true;
    if (election == null) {
      listener.finished();
    } else {
      election.resign();
    }
  }

  /** Goes on as the member it is, and joins no more once that is over. */
  public void joinNoMore() {
    leaving = true;
  }

  /** This process as the member that it is now; empty while it is none. */
  public Optional<Self> self() {
    return Optional.ofNullable(self);
  }

  /** What the member announces. */
  public MemberInfo info() {
    return info;
  }

  /** The uids of the Leases that this process held before and lost. */
  public Set<String> earlierLives() {
    return earlierLives;
  }

  private Map<String, String> annotations() {
    Map<String, String> annotations = new HashMap<>(info.annotations());
    annotations.put(LeaseMetadata.DURATION, Integer.toString(timings.leaseDurationSeconds()));
    return annotations;
  }

  private void join() {
    String identity = newIdentity.get();
    String lease = names.member(identity);
    // Unlike the identity, the run is never shown to be chosen, so it is fit to mark writes.
    ElectionSettings settings =
        new ElectionSettings(identity, identity, timings, ElectionSettings.LockKind.OWN);
    ElectionDriver life =
        new ElectionDriver(loop, store, lease, settings, refreshFeed, new Life(lease));
    election = life;
    life.announce(LeaseMetadata.memberLabels(names.component()), annotations());
    // The name is new, so it is in no list.
    life.onFeed(new LockEvent.Listed(List.of()));
  }

  /** Hears of one life's election. */
  private final class Life implements ElectionDriver.Listener {

    private final String lease;
    private @Nullable Self living;

    Life(String lease) {
      this.lease = lease;
    }

    @Override
    public void onBegin(TermView term) {
      ElectionDriver driver = election;
      LockSnapshot lock = driver == null ? null : driver.seenLock().orElse(null);
      if (lock != null) {
        Self begun = new Self(lock.version().uid(), lease, term);
        living = begun;
        self = begun;
        listener.joined(begun);
      }
    }

    @Override
    public void onEnd(TermView term, EndCause cause) {
      Self ended = living;
      self = null;
      if (ended == null) {
        return;
      }
      ElectionDriver ending = election;
      if (cause != EndCause.RESIGNED) {
        // Over for good: nothing of this life may hear, write or restart the watch any more.
        election = null;
        info = info.after(ended.uid());
      }
      earlierLives.add(ended.uid());
      listener.left(ended, cause);
      if (ending != null) {
        // For a life that was lost this is the end.
        ending.workStopped();
      }
      if (cause != EndCause.RESIGNED && !leaving) {
        join();
      }
    }

    @Override
    public void onRenewed(long sentNanos) {
      listener.renewed(sentNanos);
    }

    @Override
    public void onRefused(String reason) {
      listener.refused(reason);
    }

    @Override
    public void onFinished() {
      if (election == null) {
        return;
      }
      if (leaving) {
        listener.finished();
      } else if (living == null) {
        // Its name was taken before it began: another identity has another.
        join();
      }
    }
  }
}
