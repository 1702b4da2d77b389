package dev.leasehold.controller;

import dev.leasehold.admin.Health;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.claim.ShardStatus;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Says in words what is wrong with a replica, and whether a restart would mend it.
 *
 * <p>Thread-safe; as a listener it hears why the replica is no member.
 */
final class HealthChecks implements ShardListener {

  private final LoopPulse pulse;
  private final Duration patience;
  private final Supplier<ShardStatus> status;
  private final Collection<ControllerRuntime<?>> works;
  private volatile boolean leaving;
  private volatile String absence = "it has not joined yet";
  private volatile String refusal = "";

  /**
   * The health of a replica.
   *
   * @param pulse tells whether the election loop takes tasks
   * @param patience for how long it may not before that is a complaint
   * @param status what the replica leads
   * @param works its controllers
   */
  HealthChecks(
      LoopPulse pulse,
      Duration patience,
      Supplier<ShardStatus> status,
      Collection<ControllerRuntime<?>> works) {
    this.pulse = pulse;
    this.patience = patience;
    this.status = status;
    this.works = works;
  }

  /** Complains only of what a restart mends, which an API server that is away is not. */
  Health livez() {
    Set<String> complaints = new LinkedHashSet<>(pulse.complaints(patience));
    // Controllers share informers, and one sentence for each is enough.
    works.forEach(work -> work.death().ifPresent(complaints::add));
    return new Health(List.copyOf(complaints));
  }

  /** Complains of all that keeps the replica from its work. */
  Health readyz() {
    List<String> complaints = new ArrayList<>();
    if (leaving) {
      complaints.add("This replica is leaving.");
    } else if (!status.get().isMember()) {
      String refused = refusal;
      complaints.add(
          "This replica is no member: %s.%s"
              .formatted(absence, refused.isEmpty() ? "" : " " + refused));
    }
    for (ControllerRuntime<?> work : works) {
      work.problem().ifPresent(complaints::add);
      if (!work.synced().toCompletableFuture().isDone()) {
        complaints.add("Controller %s is filling its cache.".formatted(work.controller().name()));
      }
    }
    return new Health(complaints);
  }

  /** From now on it is not ready. */
  void leave() {
    leaving = true;
  }

  @Override
  public void joined(TermView term) {
    // What keeps it from being one, should its term lapse without anybody noticing.
    absence = "its term has run out";
    refusal = "";
  }

  @Override
  public void left(TermView term, EndCause cause) {
    absence = "its last term is over: " + cause.text();
  }

  @Override
  public void refused(String reason) {
    refusal = reason;
  }
}
