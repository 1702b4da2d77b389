package dev.leasehold.controller;

import dev.leasehold.time.Clocks;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices calls of a user's code that take too long, counts them, says where they are, and
 * interrupts runs if the controller has a timeout. Each look tells of a call at most once.
 *
 * <p>Thread-safe; looks when it is told to.
 */
final class Watchdog {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  /** A run without a timeout, or an observer, is only told of and counted, and after this time. */
  static final Duration SUSPICIOUS = Duration.ofMinutes(5);

  /** Filters and mappers have to be quick: all events of their type wait for them. */
  static final Duration SLOW = Duration.ofSeconds(10);

  private static final Duration RAREST_LOOK = Duration.ofSeconds(1);
  private static final int LOOKS_PER_LIMIT = 10;

  private final RunningThreads running;
  private final Clocks clocks;
  private final Tally tally;
  private final Rule rule;

  /** What is too long, and what is done about it; the sentence has a place for the key. */
  private record Rule(Duration limit, boolean interrupts, Occurrence counted, String sentence) {}

  private Watchdog(RunningThreads running, Clocks clocks, Tally tally, Rule rule) {
    this.running = running;
    this.clocks = clocks;
    this.tally = tally;
    this.rule = rule;
  }

  /** Looks at a controller's runs. */
  static Watchdog ofRuns(
      Controller<?> controller, RunningThreads running, Clocks clocks, Tally tally) {
    String began =
        "Controller %s has been reconciling {} for more than".formatted(controller.name());
    Rule rule =
        controller
            .timeout()
            .map(
                limit ->
                    new Rule(
                        limit,
                        true,
                        Occurrence.INTERRUPTED,
                        "%s its timeout of %d ms; the thread is interrupted."
                            .formatted(began, limit.toMillis())))
            .orElse(
                new Rule(
                    SUSPICIOUS,
                    false,
                    Occurrence.OVERRUN,
                    "%s %d min; a timeout would interrupt it."
                        .formatted(began, SUSPICIOUS.toMinutes())));
    return new Watchdog(running, clocks, tally, rule);
  }

  /** Looks at the calls of a controller's observers. */
  static Watchdog ofObservers(
      Controller<?> controller, RunningThreads calls, Clocks clocks, Tally tally) {
    String sentence =
        "An observer of controller %s has been looking at {} for more than %d min; it sees nothing else meanwhile."
            .formatted(controller.name(), SUSPICIOUS.toMinutes());
    return new Watchdog(
        calls, clocks, tally, new Rule(SUSPICIOUS, false, Occurrence.OBSERVER_OVERRUN, sentence));
  }

  /** Looks at the calls of a controller's filters and mappers. */
  static Watchdog ofFeeds(
      Controller<?> controller, RunningThreads calls, Clocks clocks, Tally tally) {
    String sentence =
        "A filter or mapper of controller %s has been looking at {} for more than %d s; no controller hears of that type meanwhile."
            .formatted(controller.name(), SLOW.toSeconds());
    return new Watchdog(
        calls, clocks, tally, new Rule(SLOW, false, Occurrence.EVENT_OVERRUN, sentence));
  }

  /** How often to look. */
  Duration period() {
    Duration part = rule.limit().dividedBy(LOOKS_PER_LIMIT);
    return part.compareTo(RAREST_LOOK) < 0 ? part : RAREST_LOOK;
  }

  void look() {
    for (RunningThreads.Late call : running.late(rule.limit(), rule.interrupts(), clocks.nanos())) {
      tally.count(rule.counted());
      LOG.warn(rule.sentence(), call.key(), call.asCause());
    }
  }

  /** That a call takes too long just now, if one does. */
  Optional<String> complaint() {
    return running
        .overdue(rule.limit(), clocks.nanos())
        .map(key -> rule.sentence().replace("{}", key.toString()));
  }
}
