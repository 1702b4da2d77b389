package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.time.EventLoop;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which buckets are to be decided about, and when there is something to decide again.
 *
 * <p>Confined to the election loop.
 */
final class Agenda {

  private final EventLoop loop;
  private final Runnable evaluation;
  private final Set<Bucket> due = new HashSet<>();
  private final Map<Bucket, Long> wakeAt = new HashMap<>();
  private boolean evaluating;
  private EventLoop.@Nullable Timer timer;

  /**
   * An empty agenda.
   *
   * @param loop runs the evaluation
   * @param evaluation decides about all that is due
   */
  Agenda(EventLoop loop, Runnable evaluation) {
    this.loop = loop;
    this.evaluation = evaluation;
  }

  /** Decides about these with the next evaluation. */
  void add(Collection<Bucket> buckets) {
    due.addAll(buckets);
  }

  /** Evaluates once for all events that are waiting, rather than once for each. */
  void evaluateSoon() {
    if (!evaluating) {
      evaluating = true;
      loop.execute(
          () -> {
            evaluating = false;
            evaluation.run();
          });
    }
  }

  /** Takes what is due by now off the agenda. */
  List<Bucket> take(long nanos) {
    wakeAt.forEach(
        (bucket, at) -> {
          if (nanos - at >= 0) {
            due.add(bucket);
          }
        });
    List<Bucket> taken = List.copyOf(due);
    due.clear();
    return taken;
  }

  /** Notes when to decide about a bucket again; {@link Long#MAX_VALUE} for not by itself. */
  void wake(Bucket bucket, long at) {
    if (at == Long.MAX_VALUE) {
      wakeAt.remove(bucket);
    } else {
      wakeAt.put(bucket, at);
    }
  }

  /**
   * Sets the timer for whatever comes first.
   *
   * @param other when something else is due; {@link Long#MAX_VALUE} for nothing
   * @param alarm called on the loop then, before the evaluation
   */
  void sleep(long other, Runnable alarm) {
    long wake = other;
    for (long at : wakeAt.values()) {
      wake = sooner(wake, at);
    }
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (wake != Long.MAX_VALUE) {
      long now = loop.clocks().nanos();
      timer =
          loop.schedule(
              Math.max(0, wake - now) + now,
              () -> {
                alarm.run();
                evaluateSoon();
              });
    }
  }

  /** The earlier of two times, either of which may be {@link Long#MAX_VALUE} for never. */
  static long sooner(long one, long other) {
    if (one == Long.MAX_VALUE || other == Long.MAX_VALUE) {
      return Math.min(one, other);
    }
    return one - other < 0 ? one : other;
  }
}
