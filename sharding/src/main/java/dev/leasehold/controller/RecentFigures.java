package dev.leasehold.controller;

import dev.leasehold.claim.ShardFigures;
import dev.leasehold.time.Clocks;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a replica's controllers stand, a second old at the most: gathering it looks at every bucket,
 * so that is done when metrics are read and not with each event.
 *
 * <p>Thread-safe; asking may block for a moment.
 */
final class RecentFigures implements Supplier<ShardFigures> {

  private static final Logger LOG = LoggerFactory.getLogger(RecentFigures.class);
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Supplier<CompletableFuture<ShardFigures>> source;
  private final Clocks clocks;

  // Guarded by this.
  private ShardFigures figures = new ShardFigures(Map.of());

  // Guarded by this.
  private long staleNanos;

  /**
   * Figures that nobody has asked for yet.
   *
   * @param source gathers them
   * @param clocks the time
   */
  RecentFigures(Supplier<CompletableFuture<ShardFigures>> source, Clocks clocks) {
    this.source = source;
    this.clocks = clocks;
    this.staleNanos = clocks.nanos();
  }

  @Override
  public synchronized ShardFigures get() {
    if (clocks.nanos() - staleNanos >= 0) {
      try {
        figures = source.get().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException busy) {
        LOG.debug("The election loop doesn't answer; the last figures are shown.", busy);
      } catch (InterruptedException asked) {
        Thread.currentThread().interrupt();
      }
      staleNanos = clocks.nanos() + FRESH.toNanos();
    }
    return figures;
  }
}
