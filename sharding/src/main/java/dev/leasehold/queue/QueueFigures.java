package dev.leasehold.queue;

/**
 * How much work a queue has, at one moment, and how much it ever had.
 *
 * @param live keys that wait for a worker in the lane of live events
 * @param background keys that wait for a worker behind them
 * @param throttled retries that are due and wait for the overall rate limit
 * @param delayed keys that wait for a time to come
 * @param running keys that a worker has
 * @param added how often a key came into a lane since the queue was made; only grows
 * @param refused how often nothing was taken from a bucket with waiting keys because its permit had
 *     lapsed; only grows
 */
public record QueueFigures(
    int live, int background, int throttled, int delayed, int running, long added, long refused) {

  static final QueueFigures NONE = new QueueFigures(0, 0, 0, 0, 0, 0, 0);

  QueueFigures plus(QueueFigures other) {
    return new QueueFigures(
        live + other.live,
        background + other.background,
        throttled + other.throttled,
        delayed + other.delayed,
        running + other.running,
        added + other.added,
        refused + other.refused);
  }
}
