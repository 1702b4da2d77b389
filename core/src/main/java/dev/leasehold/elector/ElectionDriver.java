package dev.leasehold.elector;

import dev.leasehold.election.Attempt;
import dev.leasehold.election.Effect;
import dev.leasehold.election.Election;
import dev.leasehold.election.ElectionEvent;
import dev.leasehold.election.ElectionSettings;
import dev.leasehold.election.ElectionState;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.LockStore;
import dev.leasehold.lock.Outcome;
import dev.leasehold.time.EventLoop;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one election: feeds events into the pure step and carries its effects out. Has no opinion
 * of its own.
 *
 * <p>Confined to its event loop: every method is to be called there, and the listener is.
 */
public final class ElectionDriver {

  private static final Logger log = LoggerFactory.getLogger(ElectionDriver.class);

  private final EventLoop loop;
  private final LockStore store;
  private final String lockName;
  private final Listener listener;
  private final Runnable refreshFeed;
  private ElectionState state;
  private @Nullable LiveTerm term;
  private EventLoop.@Nullable Timer timer;
  private String complaint = "";

  /** What an election's owner hears, on the loop. */
  public interface Listener {

    /**
     * The term has begun.
     *
     * @param term asks whether it still stands
     */
    void onBegin(TermView term);

    /**
     * The term is over; {@link ElectionDriver#workStopped()} is owed.
     *
     * @param term the term that {@link #onBegin} was told of
     * @param cause why
     */
    void onEnd(TermView term, EndCause cause);

    /**
     * A renewal has come back.
     *
     * @param sentNanos when its request was sent, on the monotonic clock
     */
    default void onRenewed(long sentNanos) {}

    /**
     * The lock shows another holder.
     *
     * @param identity the holder, empty for nobody
     */
    default void onHolder(String identity) {}

    /**
     * The API server turned a write down.
     *
     * @param reason a sentence
     */
    default void onRefused(String reason) {}

    /** The election is over for good. */
    default void onFinished() {}
  }

  /**
   * Creates a driver; nothing is sent before its lock is shown to it.
   *
   * @param loop where all of it happens
   * @param store where the lock is
   * @param lockName the lock's name
   * @param settings what the participant brings
   * @param refreshFeed called when the watch seems dead
   * @param listener hears of the election
   */
  public ElectionDriver(
      EventLoop loop,
      LockStore store,
      String lockName,
      ElectionSettings settings,
      Runnable refreshFeed,
      Listener listener) {
    this.loop = loop;
    this.store = store;
    this.lockName = lockName;
    this.refreshFeed = refreshFeed;
    this.listener = listener;
    this.state = Election.begin(settings);
  }

  /** Takes an event of the feed in; those of other locks are ignored. */
  public void onFeed(LockEvent event) {
    if (event instanceof LockEvent.Listed listed) {
      LockSnapshot found = null;
      for (LockSnapshot lock : listed.locks()) {
        if (lock.name().equals(lockName)) {
          found = lock;
        }
      }
      step(new ElectionEvent.Listed(found));
    } else if (event instanceof LockEvent.Changed changed) {
      if (changed.lock().name().equals(lockName)) {
        step(new ElectionEvent.Changed(changed.lock()));
      }
    } else if (event instanceof LockEvent.Deleted deleted && deleted.name().equals(lockName)) {
      step(new ElectionEvent.Deleted(deleted.version()));
    }
  }

  /** Sets the labels and annotations that the lock carries; written at once while leading. */
  public void announce(Map<String, String> labels, Map<String, String> annotations) {
    step(new ElectionEvent.Announce(labels, annotations));
  }

  /** Says that all work of the term that ended has stopped. */
  public void workStopped() {
    step(new ElectionEvent.WorkStopped());
  }

  /** Ends the term, if there is one, and gives the lock up once its work has stopped. */
  public void resign() {
    step(new ElectionEvent.Resign());
  }

  /** The lock as the watch last showed it; empty if it is absent or was never seen. */
  public Optional<LockSnapshot> seenLock() {
    return Optional.ofNullable(state.seenLock());
  }

  /** The state, for those who show it. */
  public ElectionState state() {
    return state;
  }

  private void step(ElectionEvent event) {
    Election.Step step = Election.step(state, event, loop.clocks().now());
    state = step.state();
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    step.wakeAtNanos()
        .ifPresent(at -> timer = loop.schedule(at, () -> step(new ElectionEvent.Tick())));
    step.effects().forEach(this::carryOut);
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.Write write) {
      send(write.attempt());
    } else if (effect instanceof Effect.Begin begin) {
      LiveTerm begun = new LiveTerm(loop.clocks(), begin.term());
      term = begun;
      tell(() -> listener.onBegin(begun));
    } else if (effect instanceof Effect.Extend extend) {
      if (term != null && !term.extend(extend.term())) {
        step(new ElectionEvent.Lapsed());
      } else {
        tell(() -> listener.onRenewed(extend.sentNanos()));
      }
    } else if (effect instanceof Effect.End end) {
      LiveTerm ended = term;
      term = null;
      if (ended != null) {
        // The gate closes here, before anybody is told and long before anything is released.
        ended.end();
        tell(() -> listener.onEnd(ended, end.cause()));
      }
    } else if (effect instanceof Effect.HolderSeen seen) {
      tell(() -> listener.onHolder(seen.identity()));
    } else if (effect instanceof Effect.RefreshFeed) {
      log.warn("Writes to lock {} don't come back in the watch; it is restarted.", lockName);
      refreshFeed.run();
    } else if (effect instanceof Effect.Finished) {
      tell(listener::onFinished);
    }
  }

  private void send(Attempt attempt) {
    CompletionStage<Outcome> answer;
    try {
      answer = request(attempt);
    } catch (RuntimeException unsent) {
      // A store that is closed, say. The election must hear of it, or it waits for ever.
      answer = CompletableFuture.completedFuture(new Outcome.Unknown(unsent.toString()));
    }
    answer.whenComplete(
        (outcome, failure) -> {
          Outcome known = failure == null ? outcome : new Outcome.Unknown(failure.toString());
          loop.execute(
              () -> {
                complainOf(known);
                step(new ElectionEvent.Answered(attempt.id(), known));
              });
        });
  }

  private CompletionStage<Outcome> request(Attempt attempt) {
    LockSnapshot base = attempt.base();
    if (base == null) {
      return store.create(lockName, attempt.record());
    }
    boolean deletes =
        attempt.purpose() == Attempt.Purpose.RELEASE
            && state.settings().lockKind() == ElectionSettings.LockKind.OWN;
    return deletes ? store.delete(lockName, base.version()) : store.replace(base, attempt.record());
  }

  /** Once for each new trouble: an outage repeats the same sentence with every attempt. */
  private void complainOf(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      if (!refused.reason().equals(complaint)) {
        log.warn("{}", refused.reason());
      }
      complaint = refused.reason();
      tell(() -> listener.onRefused(refused.reason()));
    } else if (outcome instanceof Outcome.Unknown unknown) {
      if (!unknown.reason().equals(complaint)) {
        log.warn("{}; whether it was done will show in the watch.", unknown.reason());
      }
      complaint = unknown.reason();
    } else {
      complaint = "";
    }
  }

  private void tell(Runnable call) {
    try {
      call.run();
    } catch (VirtualMachineError halfDone) {
      // Not the listener's mistake, and not to be forgotten: the loop takes note of it.
      throw halfDone;
    } catch (RuntimeException | Error broken) {
      log.error("A listener of the election of {} failed; the election goes on.", lockName, broken);
    }
  }
}
