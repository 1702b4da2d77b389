package dev.leasehold.queue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever brings work while threads are about to wait wakes one of them, each time. */
@Timeout(60)
class WaitersTest {

  private static final int ROUNDS = 50_000;
  private static final int TAKERS = 3;

  private final AtomicInteger tokens = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();
  private volatile boolean isOver;

  /** Without a time to wait for all wait alike; with one, one of them waits for that. */
  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 3_600_000_000_000L})
  void noTokenIsLeftWhileThreadsWait(long nanosWithout) throws Exception {
    Waiters waiters =
        new Waiters(System::nanoTime, now -> isOver || tokens.get() > 0 ? 0 : nanosWithout);
    ExecutorService threads = Executors.newFixedThreadPool(TAKERS);
    List<Future<?>> takers = new ArrayList<>();
    for (int i = 0; i < TAKERS; i++) {
      takers.add(threads.submit(() -> takeAll(waiters)));
    }
    for (int round = 1; round <= ROUNDS; round++) {
      // As often as not two at once, so that one who was woken has to wake another.
      int brought = 1 + round % 2;
      int wanted = taken.get() + brought;
      for (int i = 0; i < brought; i++) {
        tokens.incrementAndGet();
        wake(waiters);
      }
      awaitTaken(wanted);
    }
    isOver = true;
    waiters.wakeAll();
    threads.shutdown();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    for (Future<?> taker : takers) {
      taker.get();
    }
    assertThat(tokens).hasValue(0);
  }

  @Test
  void workThatComesRightAfterTheLastLookOfAThreadWakesIt() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    AtomicReference<@Nullable Waiters> late = new AtomicReference<>();
    AtomicBoolean isFirst = new AtomicBoolean(true);
    LongUnaryOperator look =
        now -> {
          long nanos = tokens.get() > 0 ? 0 : Long.MAX_VALUE;
          if (isFirst.getAndSet(false)) {
            tokens.incrementAndGet();
            Waiters waiters = requireNonNull(late.get());
            if (!waiters.needNoWaking()) {
              threads.execute(waiters::wake);
            }
          }
          return nanos;
        };
    Waiters waiters = new Waiters(System::nanoTime, look);
    late.set(waiters);
    Future<?> waiting =
        threads.submit(
            () -> {
              waiters.awaitOnce();
              return null;
            });
    try {
      waiting.get(10, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
    assertThat(waiters.needNoWaking()).isTrue();
  }

  /** Looks in a loop, and passes the word on, as {@link WorkQueue#take} does. */
  private Void takeAll(Waiters waiters) throws InterruptedException {
    while (!isOver) {
      if (tokens.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        taken.incrementAndGet();
        wake(waiters);
      } else {
        waiters.awaitOnce();
      }
    }
    return null;
  }

  private static void wake(Waiters waiters) {
    if (!waiters.needNoWaking()) {
      waiters.wake();
    }
  }

  private void awaitTaken(int wanted) {
    long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (taken.get() < wanted) {
      if (System.nanoTime() - limit > 0) {
        throw new AssertionError("A token is left, and nobody has been woken for it.");
      }
      Thread.onSpinWait();
    }
  }
}
