package dev.leasehold.controller;

import dev.leasehold.time.Clocks;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices runs that take too long, counts them, says where they are, and interrupts them if the
 * controller has a timeout. Each look tells of a run at most once.
 *
 * <p>Thread-safe; looks when it is told to.
 */
final class Watchdog {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  /** A run without a timeout is only told of and counted, and after this time. */
  static final Duration SUSPICIOUS = Duration.ofMinutes(5);

  private static final Duration RAREST_LOOK = Duration.ofSeconds(1);
  private static final int LOOKS_PER_TIMEOUT = 10;

  private final String controller;
  private final Optional<Duration> timeout;
  private final RunningThreads running;
  private final Clocks clocks;
  private final Tally tally;

  Watchdog(Controller<?> controller, RunningThreads running, Clocks clocks, Tally tally) {
    this.controller = controller.name();
    this.timeout = controller.timeout();
    this.running = running;
    this.clocks = clocks;
    this.tally = tally;
  }

  /** How often to look. */
  Duration period() {
    Duration part = timeout.orElse(SUSPICIOUS).dividedBy(LOOKS_PER_TIMEOUT);
    return part.compareTo(RAREST_LOOK) < 0 ? part : RAREST_LOOK;
  }

  void look() {
    Duration limit = timeout.orElse(SUSPICIOUS);
    for (RunningThreads.Late run : running.late(limit, timeout.isPresent(), clocks.nanos())) {
      if (timeout.isPresent()) {
        tally.count(Occurrence.INTERRUPTED);
        LOG.warn(
            "Controller {} has been reconciling {} for more than its timeout of {} ms; the thread is interrupted.",
            controller,
            run.key(),
            limit.toMillis(),
            run.asCause());
      } else {
        tally.count(Occurrence.OVERRUN);
        LOG.warn(
            "Controller {} has been reconciling {} for more than {} min; a timeout would interrupt it.",
            controller,
            run.key(),
            limit.toMinutes(),
            run.asCause());
      }
    }
  }
}
