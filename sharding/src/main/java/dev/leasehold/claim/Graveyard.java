package dev.leasehold.claim;

import dev.leasehold.lock.LockStore;
import dev.leasehold.lock.Outcome;
import dev.leasehold.member.FenceRecord;
import dev.leasehold.member.MemberSight;
import dev.leasehold.time.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fences members that have lapsed, and removes the Leases of dead ones that no bucket names.
 *
 * <p>Confined to the election loop.
 */
final class Graveyard {

  private static final Logger log = LoggerFactory.getLogger(Graveyard.class);

  private final EventLoop loop;
  private final LockStore store;
  private final ClusterView view;
  private final Duration retryPeriod;
  private final Map<String, Long> nextTryNanos = new HashMap<>();

  Graveyard(EventLoop loop, LockStore store, ClusterView view, Duration retryPeriod) {
    this.loop = loop;
    this.store = store;
    this.view = view;
    this.retryPeriod = retryPeriod;
  }

  /**
   * Does what is due.
   *
   * @param self this replica's present identity
   * @param heirOf the members whose buckets the plan gives to this replica
   * @param janitor whether this replica looks after those that leave nothing to anybody
   * @return when something will be due again
   */
  long tend(String self, Supplier<Set<String>> heirOf, boolean janitor) {
    long nanos = loop.clocks().nanos();
    long wakeAt = view.members().nextDeathAfter(nanos);
    List<MemberSight> dying = new ArrayList<>();
    for (MemberSight member : view.members().all()) {
      if (member.fenced() || member.isLapsed(nanos)) {
        dying.add(member);
      } else {
        wakeAt = Agenda.sooner(wakeAt, member.lapsesAtNanos());
      }
    }
    if (!dying.isEmpty()) {
      Set<String> heirs = heirOf.get();
      Set<String> named = Set.copyOf(view.holders().values());
      for (MemberSight member : dying) {
        boolean mine = janitor || heirs.contains(member.uid());
        if (member.fenced() && janitor && !named.contains(member.uid())) {
          // It stays a while after its last bucket has gone: a claim that the dead member sent may
          // still arrive, and is taken sooner while the fence is there to be seen.
          long due = member.lapsesAtNanos();
          wakeAt = Agenda.sooner(wakeAt, nanos - due >= 0 ? remove(member, nanos) : due);
        } else if (!member.fenced() && mine) {
          wakeAt = Agenda.sooner(wakeAt, fence(member, self, nanos));
        }
      }
      nextTryNanos.keySet().removeIf(uid -> view.members().withUid(uid) == null);
      view.members().forgetTheDead(view.holders().values(), nanos);
    }
    return wakeAt;
  }

  private long fence(MemberSight member, String self, long nanos) {
    if (!mayTry(member, nanos)) {
      return nextTry(member);
    }
    log.info(
        "Fencing member {}: not renewed for {} s",
        member.lock().name(),
        Duration.ofNanos(member.durationNanos()).toSeconds());
    // Over the very version that was waited out: a renewal that is on its way fails on it, or it
    // on the renewal.
    return send(member, nanos, store.replace(member.lock(), FenceRecord.of(member, self)));
  }

  private long remove(MemberSight member, long nanos) {
    if (!mayTry(member, nanos)) {
      return nextTry(member);
    }
    log.info("Removing the Lease of dead member {}", member.lock().name());
    return send(member, nanos, store.delete(member.lock().name(), member.lock().version()));
  }

  private long send(MemberSight member, long nanos, CompletionStage<Outcome> answer) {
    long next = nanos + retryPeriod.toNanos();
    nextTryNanos.put(member.uid(), next);
    answer.whenComplete(
        (outcome, failure) -> {
          if (outcome instanceof Outcome.Refused refused) {
            log.warn("{}", refused.reason());
          }
        });
    return next;
  }

  private boolean mayTry(MemberSight member, long nanos) {
    Long next = nextTryNanos.get(member.uid());
    return next == null || nanos - next >= 0;
  }

  private long nextTry(MemberSight member) {
    return nextTryNanos.getOrDefault(member.uid(), Long.MAX_VALUE);
  }
}
