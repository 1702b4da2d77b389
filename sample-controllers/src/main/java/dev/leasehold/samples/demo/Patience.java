package dev.leasehold.samples.demo;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Waits for conditions by looking often.
 *
 * @param thread runs the looks
 */
record Patience(ScheduledExecutorService thread) {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /**
   * Waits for a condition; what it throws is thrown here.
   *
   * @param bound for how long at most
   * @param condition looked at by the thread
   * @return whether it came true in time
   */
  boolean until(Duration bound, BooleanSupplier condition) throws InterruptedException {
    CompletableFuture<Boolean> met = new CompletableFuture<>();
    ScheduledFuture<?> looks =
        thread.scheduleWithFixedDelay(
            () -> look(condition, met), 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return met.get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failure.getCause());
    } finally {
      looks.cancel(false);
    }
  }

  private static void look(BooleanSupplier condition, CompletableFuture<Boolean> met) {
    try {
      if (condition.getAsBoolean()) {
        met.complete(true);
      }
    } catch (RuntimeException failure) {
      met.completeExceptionally(failure);
    }
  }
}
